import { warning, type Diagnostic } from "../../provider/contract";
import { parseAccountId, type Container } from "../../model";
import { foreseeMembership } from "../membership/foresee";
import { expiryErrors } from "../membership/plan";
import { judgeRemovals, judgePowerLosses } from "../policy/guard";
import { ownLosses } from "../policy/own-power";
import { userLabel } from "../shared/account-label";
import { foreseeContainer } from "../shared/container-attributes";
import type { Context } from "../shared/context";
import { known } from "../shared/problems";
import { claimKept } from "./claim";
import { describeEntry, placesAndRoles } from "./describe";
import { asMembership, atEntry, entriesOf, spellingOf, type Entry } from "./entries";
import { removalId, type FoundMember } from "./memory";
import { isAbove, type Located } from "./order";
import { nameOf, othersOf, type Others } from "./others";
import type { MembershipsConfig } from "./schema";
import { placeTwice } from "./validate";

/** Of an object that is to be created. */
export async function foreseeAll(
  planned: MembershipsConfig,
  context: Context,
): Promise<Diagnostic[]> {
  if (!context.ready) return [];
  const userId = known(planned.user_id);
  const entries = entriesOf(planned);
  const isExclusive = planned.exclusive === true && userId !== undefined;
  const others = isExclusive ? await undeclared(userId, entries, context) : undefined;
  const places = new Places(others?.found.map(locatedAsRead) ?? []);
  for (const entry of entries) await places.foresee(entry, planned, context);
  if (userId === undefined) return places.diagnostics;
  return [
    ...places.diagnostics,
    ...claimKept(places.containers, userId, context),
    ...(others === undefined ? [] : await tellRemovals(userId, others, context)),
  ];
}

/** Beside those of the entries, as far as these are found; what is wrong with them is told elsewhere. */
async function undeclared(
  userId: number,
  entries: readonly Entry[],
  context: Context,
): Promise<Others> {
  const declared: Container[] = [];
  for (const entry of entries) {
    const spelling = spellingOf(entry);
    if (spelling === undefined) continue;
    const { container } = await foreseeContainer(spelling, context);
    if (container !== undefined) declared.push(container);
  }
  return othersOf(userId, declared, context);
}

function locatedAsRead({ container, entry }: FoundMember): Located {
  return { container, fullPath: entry.values.path };
}

/** Where the entries of one object are, each in a place of its own. */
export class Places {
  readonly containers: Container[] = [];
  readonly diagnostics: Diagnostic[] = [];

  /** @param changing groups in which the same object takes or lowers a role, so that what they give is not inherited */
  constructor(private readonly changing: readonly Located[]) {}

  /** Of an entry that is new. */
  async foresee(entry: Entry, planned: MembershipsConfig, context: Context): Promise<void> {
    const spelling = spellingOf(entry);
    if (spelling === undefined) return;
    const { container, diagnostics } = await foreseeContainer(spelling, context);
    this.diagnostics.push(...atEntry(entry, diagnostics));
    if (container === undefined) return;
    this.add(entry, container);
    const userId = known(planned.user_id);
    if (userId === undefined) return;
    const account = parseAccountId(known(planned.service_account_id) ?? "");
    const membership = asMembership(entry, planned);
    const found = await foreseeMembership(
      { container, userId, account, planned: membership },
      context,
    );
    const isOpen = this.changing.some((group) => isAbove(group, container));
    const told = found.filter(({ code }) => !isOpen || code !== "inherited-role");
    this.diagnostics.push(...atEntry(entry, [...expiryErrors(entry.values, context), ...told]));
  }

  add(entry: Entry, container: Container): void {
    if (this.containers.some((place) => nameOf(place) === nameOf(container)))
      this.diagnostics.push(placeTwice(entry, String(known(entry.values.path))));
    this.containers.push(container);
  }
}

/** What an object that becomes exclusive removes: no state shows it yet. */
export async function foreseeRemovals(
  userId: number,
  places: readonly Container[],
  context: Context,
): Promise<Diagnostic[]> {
  return tellRemovals(userId, await othersOf(userId, places, context), context);
}

async function tellRemovals(
  userId: number,
  { found, diagnostics }: Others,
  context: Context,
): Promise<Diagnostic[]> {
  if (found.length === 0) return [...diagnostics];
  return [
    ...diagnostics,
    warning(
      "memberships-removed",
      `Memberships of ${userLabel(userId, context)} will be removed`,
      `exclusive is true, and no block declares them: ${placesAndRoles(found.map(({ entry }) => entry))}. Write a block ` +
        `for each that shall stay.`,
    ),
    ...(await judgeOthers(userId, found, context)),
  ];
}

/** What the policy says of memberships that no state knows. */
export async function judgeOthers(
  userId: number,
  others: readonly FoundMember[],
  context: Context,
): Promise<Diagnostic[]> {
  const ids = others.map(({ container }) => removalId(container, userId));
  const lessenings = others.map(({ entry }) => ({
    of: { userId },
    change: "removes" as const,
    object: describeEntry(entry, userId, context),
    attribute: null,
  }));
  return [
    ...(await judgeRemovals(ids, "memberships", context)),
    ...(await judgePowerLosses(await ownLosses(lessenings, context), context)),
  ];
}
