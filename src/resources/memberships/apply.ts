import {
  DiagnosticError,
  type ApplyResult,
  type CreateRequest,
  type DeleteRequest,
  type Diagnostic,
  type PrivateState,
  type UpdateRequest,
} from "../../provider/contract";
import { resolveContainer } from "../shared/container-attributes";
import type { Context } from "../shared/context";
import { refuseOtherWay } from "../shared/membership-ways";
import { refuseWhenStopped } from "../shared/stopping";
import { formatId, userIdOf } from "./describe";
import { atEntry, blocksOf, knownEntriesOf, type KnownEntry } from "./entries";
import { judgeOthers } from "./foresee";
import { containerOf, remember, type FoundMember } from "./memory";
import { isAbove, located, topDown, type Located } from "./order";
import { nameOf, othersOf } from "./others";
import type { MembershipsAttributes, MembershipsState } from "./schema";
import { placeTwice } from "./validate";
import { removeEntry, writeEntry } from "./write";

type Result = ApplyResult<MembershipsAttributes>;

/**
 * All that is declared, then the end of what is not. What fails leaves no object: the next creation takes over what was
 * made, while an object that is half there would be destroyed and made again.
 */
export async function createMemberships(
  { planned }: CreateRequest<MembershipsAttributes>,
  context: Context,
): Promise<Result> {
  refuseWhenStopped(context);
  const wanted = planned as MembershipsState;
  const { user_id: userId } = wanted;
  if (userId === null) throw new Error("the plan names no user");
  refuseOtherWay(userId, "together", context);
  const placed = await placeAll(knownEntriesOf(wanted), context);
  const present: Present = new Map();
  const others = wanted.exclusive
    ? await undeclared(userId, placed, context)
    : { removed: [], diagnostics: [] };
  const written = await converge({ userId, placed, present, removed: others.removed }, context);
  return {
    state: { ...wanted, id: formatId(userId) },
    private: remember([...present.values()], null, context),
    diagnostics: [...others.diagnostics, ...written],
  };
}

interface Placed extends Located {
  readonly entry: KnownEntry;
}

/** What is there, by group or project. */
type Present = Map<string, FoundMember>;

async function placeAll(entries: readonly KnownEntry[], context: Context): Promise<Placed[]> {
  const placed: Placed[] = [];
  for (const entry of entries) {
    const { kind, values } = entry;
    const { id, fullPath } = await resolveContainer({ kind, spelling: values.path }, context);
    if (placed.some(({ container }) => nameOf(container) === `${kind} ${id}`))
      throw new DiagnosticError(placeTwice(entry, values.path));
    placed.push({ entry, container: { kind, id }, fullPath });
  }
  return placed;
}

/** What no state has shown yet: the plan has named it, from what it saw; the policy judges what is seen now. */
async function undeclared(
  userId: number,
  placed: readonly Placed[],
  context: Context,
): Promise<{ readonly removed: readonly Located[]; readonly diagnostics: readonly Diagnostic[] }> {
  const declared = placed.map(({ container }) => container);
  const { found, diagnostics } = await othersOf(userId, declared, context);
  const judged = await judgeOthers(userId, found, context);
  if (judged.some(({ severity }) => severity === "error")) throw new DiagnosticError(...judged);
  const removed = found.map(({ container, entry }) => ({ container, fullPath: entry.values.path }));
  return { removed, diagnostics: [...diagnostics, ...judged] };
}

interface Convergence {
  readonly userId: number;
  readonly placed: readonly Placed[];
  /** Kept up with every step. */
  readonly present: Present;
  readonly removed: readonly Located[];
}

/** Groups that go and lie above what is wanted go first: their role would be inherited. The rest goes when all is there. */
async function converge(
  { userId, placed, present, removed }: Convergence,
  context: Context,
): Promise<Diagnostic[]> {
  const isFirst = (group: Located) => placed.some((each) => isAbove(group, each));
  const remove = async ({ container }: Located) => {
    refuseWhenStopped(context);
    await removeEntry({ container, userId }, context);
    present.delete(nameOf(container));
  };
  for (const each of topDown(removed.filter(isFirst))) await remove(each);
  const diagnostics: Diagnostic[] = [];
  for (const { entry, container } of topDown(placed)) {
    refuseWhenStopped(context);
    const prior = present.get(nameOf(container))?.entry;
    const { member, diagnostics: told } = await writeEntry(
      { container, userId },
      { entry, prior },
      context,
    );
    diagnostics.push(...atEntry(entry, told));
    present.set(nameOf(container), { entry, container, member });
  }
  for (const each of removed.filter((group) => !isFirst(group))) await remove(each);
  return diagnostics;
}

/** Only what the plan has shown is removed. What fails stops the rest, and the state tells how far it went. */
export async function updateMemberships(
  { prior, planned, private: kept }: UpdateRequest<MembershipsAttributes>,
  context: Context,
): Promise<Result> {
  refuseWhenStopped(context);
  const wanted = planned as MembershipsState;
  const userId = userIdOf(prior);
  const placed = await placeAll(knownEntriesOf(wanted), context);
  const present = await presentPlaces(prior, kept, context);
  try {
    const others =
      wanted.exclusive && prior.exclusive === false
        ? await undeclared(userId, placed, context)
        : { removed: [], diagnostics: [] };
    const declared = new Set(placed.map(({ container }) => nameOf(container)));
    const gone = [...present.values()].filter(({ container }) => !declared.has(nameOf(container)));
    // What was only just taken over was never declared here: unless the object is exclusive, it only leaves the state.
    const isLeft = prior.exclusive === null && !wanted.exclusive;
    const removed = isLeft
      ? []
      : await Promise.all(gone.map(({ container }) => located(container, context)));
    const all = [...removed, ...others.removed.filter((each) => !isAmong(each, removed))];
    const written = await converge({ userId, placed, present, removed: all }, context);
    const done = placed.flatMap(({ container }) => present.get(nameOf(container)) ?? []);
    return {
      state: wanted,
      private: remember(done, kept, context),
      diagnostics: [...others.diagnostics, ...written],
    };
  } catch (failure) {
    if (!(failure instanceof DiagnosticError)) throw failure;
    const done = [...present.values()];
    return {
      state: { ...prior, ...blocksOf(done.map(({ entry }) => entry)) },
      private: remember(done, kept, context),
      diagnostics: failure.diagnostics,
    };
  }
}

function isAmong({ container }: Located, others: readonly Located[]): boolean {
  return others.some((other) => nameOf(other.container) === nameOf(container));
}

async function presentPlaces(
  prior: MembershipsState,
  kept: PrivateState | null,
  context: Context,
): Promise<Present> {
  const present: Present = new Map();
  for (const entry of knownEntriesOf(prior)) {
    const container = await containerOf(entry, kept, context);
    present.set(nameOf(container), { entry, container, member: undefined });
  }
  return present;
}

export async function deleteMemberships(
  { prior, private: kept }: DeleteRequest<MembershipsAttributes>,
  context: Context,
): Promise<Diagnostic[]> {
  const userId = userIdOf(prior);
  for (const entry of knownEntriesOf(prior)) {
    refuseWhenStopped(context);
    await removeEntry({ container: await containerOf(entry, kept, context), userId }, context);
  }
  return [];
}
