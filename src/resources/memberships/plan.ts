import {
  isUnknown,
  sameValue,
  UNKNOWN,
  warning,
  type DeletePlanRequest,
  type Diagnostic,
  type PlanRequest,
  type PlanResult,
} from "../../provider/contract";
import { expiryErrors, plannedUserId, refuseIgnoredUser, sameRole } from "../membership/plan";
import { userLabel } from "../shared/account-label";
import type { Context } from "../shared/context";
import { claimKept, claimRemoved } from "./claim";
import { placesAndRoles, userIdOf } from "./describe";
import {
  atEntry,
  blocksOf,
  entriesOf,
  keyOf,
  knownEntriesOf,
  type Entry,
  type KnownEntry,
} from "./entries";
import { foreseeAll, foreseeRemovals, Places } from "./foresee";
import { matchEntries, type Match } from "./match";
import { containerOf } from "./memory";
import { located, type Located } from "./order";
import type { MembershipsAttributes, MembershipsConfig, MembershipsState } from "./schema";

type Request = PlanRequest<MembershipsAttributes>;
type Result = PlanResult<MembershipsAttributes>;

export async function planMemberships(request: Request, context: Context): Promise<Result> {
  const { prior } = request;
  const planned = { ...request.proposed, user_id: plannedUserId(request) };
  if (prior === null) return { planned, diagnostics: await foreseeAll(planned, context) };
  refuseIgnoredUser(request.config);
  if (!isUnknown(planned.user_id) && planned.user_id !== prior.user_id)
    return { planned: { ...planned, id: UNKNOWN }, replace: ["user_id"] };
  return planChange({ request, prior, planned }, context);
}

interface Change {
  readonly request: Request;
  readonly prior: MembershipsState;
  readonly planned: MembershipsConfig;
}

async function planChange(change: Change, context: Context): Promise<Result> {
  const { request, prior, planned } = change;
  const matches = await matchEntries(
    entriesOf(planned),
    { prior: knownEntriesOf(prior), kept: request.private },
    context,
  );
  const kept = matches.map(keepSpelling);
  return {
    planned: { ...planned, ...withEntries(planned, kept) },
    diagnostics: context.ready ? await foreseeChange(change, matches, context) : [],
  };
}

/** A block that means the same is planned as it is spelt in the state. */
function keepSpelling({ entry, prior }: Match): Entry {
  if (prior === undefined || keyOf(prior) !== keyOf(entry)) return entry;
  const { values } = entry;
  const role = sameRole(values.role, prior.values.role) ? prior.values.role : values.role;
  const path = isUnknown(values.path) ? values.path : prior.values.path;
  return { ...entry, values: { ...values, path, role } };
}

/** Maps, and entries in them, that are not known yet stay so. */
function withEntries(
  planned: MembershipsConfig,
  entries: readonly Entry[],
): Pick<MembershipsConfig, "group" | "project"> {
  const blocks = blocksOf(entries);
  const merged = (kind: "group" | "project") => {
    const { [kind]: before } = planned;
    return before === null || isUnknown(before) ? before : { ...before, ...blocks[kind] };
  };
  return { group: merged("group"), project: merged("project") };
}

async function foreseeChange(
  { request, prior, planned }: Change,
  matches: readonly Match[],
  context: Context,
): Promise<Diagnostic[]> {
  const userId = userIdOf(prior);
  const removed = removedEntries(prior, matches);
  const places = new Places(await changingGroups(removed, matches, request.private, context));
  for (const { entry, prior: before, container } of matches) {
    if (before === undefined || container === undefined) {
      await places.foresee(entry, planned, context);
      continue;
    }
    places.add(entry, container);
    const isChanged = differs(entry, before);
    const errors = isChanged ? expiryErrors(entry.values, context) : [];
    places.diagnostics.push(...atEntry(entry, errors));
  }
  const isLeft = prior.exclusive === null && planned.exclusive !== true;
  return [
    ...places.diagnostics,
    ...claimKept(places.containers, userId, context),
    ...(isLeft
      ? leftAlone(removed, userId, context)
      : await claimRemoved(removed, { kept: request.private, userId }, context)),
    ...(prior.exclusive === false && planned.exclusive === true
      ? await foreseeRemovals(userId, places.containers, context)
      : []),
  ];
}

function removedEntries(prior: MembershipsState, matches: readonly Match[]) {
  const still = new Set(matches.flatMap(({ prior: entry }) => (entry ? [keyOf(entry)] : [])));
  return knownEntriesOf(prior).filter((entry) => !still.has(keyOf(entry)));
}

/** Groups that go or change, if anything is new: a role below theirs may be possible then. */
async function changingGroups(
  removed: readonly KnownEntry[],
  matches: readonly Match[],
  kept: Request["private"],
  context: Context,
): Promise<Located[]> {
  if (matches.every(({ prior }) => prior !== undefined)) return [];
  const changed = matches.flatMap(({ entry, prior }) =>
    prior !== undefined && differs(entry, prior) ? [prior] : [],
  );
  const groups = [...removed, ...changed].filter(({ kind }) => kind === "group");
  return Promise.all(
    groups.map(async (entry) => located(await containerOf(entry, kept, context), context)),
  );
}

function differs({ values }: Entry, { values: before }: Entry): boolean {
  return (
    !sameRole(values.role, String(before.role)) ||
    !sameValue(values.custom_role_id, before.custom_role_id) ||
    !sameValue(values.expires_at, before.expires_at)
  );
}

function leftAlone(
  entries: ReturnType<typeof knownEntriesOf>,
  userId: number,
  context: Context,
): Diagnostic[] {
  if (entries.length === 0) return [];
  return [
    warning(
      "memberships-left",
      `Memberships of ${userLabel(userId, context)} are left as they are`,
      `No block declares them, and exclusive is not true: ${placesAndRoles(entries)}. They only leave the state. Write ` +
        `exclusive = true to have them removed, or a block for each that this object shall manage.`,
    ),
  ];
}

export async function planMembershipsDeletion(
  { prior, private: kept }: DeletePlanRequest<MembershipsAttributes>,
  context: Context,
): Promise<Diagnostic[]> {
  if (!context.ready) return [];
  return claimRemoved(knownEntriesOf(prior), { kept, userId: userIdOf(prior) }, context);
}
