import { membershipFacts, membershipLosses } from "../membership/guard";
import { parseRole, pathWord } from "../../model";
import { isUnknown } from "../../provider/contract";
import { accountNamed, type Guarded } from "../policy/guard";
import type { Lessening } from "../policy/own-power";
import type { Guard } from "../policy/with-policy";
import type { Context } from "../shared/context";
import { known } from "../shared/problems";
import { describeEntry, userIdOf } from "./describe";
import { asMembership, entriesOf, knownEntriesOf, type Entry, type KnownEntry } from "./entries";
import type { MembershipsAttributes, MembershipsConfig, MembershipsState } from "./schema";

/** What the policy has to know of the memberships of an account: each is judged as if it were declared alone. */
export const membershipsGuard: Guard<MembershipsAttributes> = {
  kind: "memberships",
  removed: (prior) => knownEntriesOf(prior).map((entry) => removalName(entry, prior)),
  removedByChange: ({ prior }, planned) =>
    prior === null || (prior.exclusive === null && planned.exclusive !== true)
      ? []
      : removedFrom(prior, planned).map((entry) => removalName(entry, prior)),
  guarded: ({ prior }, planned) =>
    entriesOf(planned).map((entry) => guardedEntry(entry, { prior, planned })),
  lessens: (prior, planned, context) =>
    prior.user_id === null ? [] : lessened(prior, planned, context),
};

function removalName({ kind, values }: KnownEntry, state: MembershipsState): string {
  return `${kind} ${pathWord(values.path)}, user ${userIdOf(state)}`;
}

function removedFrom(prior: MembershipsState, planned: MembershipsConfig): KnownEntry[] {
  // A map, or a path, that is not known yet may hold each of them.
  const isOpen = [planned.group, planned.project].some(isUnknown);
  if (isOpen || entriesOf(planned).some(({ values }) => isUnknown(values.path))) return [];
  return knownEntriesOf(prior).filter(
    (entry) => samePlace(entry, entriesOf(planned)) === undefined,
  );
}

function guardedEntry(
  entry: Entry,
  {
    prior,
    planned,
  }: { readonly prior: MembershipsState | null; readonly planned: MembershipsConfig },
): Guarded {
  const before = prior === null ? undefined : samePlace(entry, knownEntriesOf(prior));
  const isSame =
    before !== undefined && parseRole(known(entry.values.role) ?? "") === roleOf(before);
  return {
    account: accountNamed(planned.service_account_id),
    facts: (username) => membershipFacts(asMembership(entry, planned), username),
    isChanged: () => !isSame || prior?.exclusive === null,
    path: [entry.kind, entry.label],
  };
}

function roleOf({ values }: KnownEntry) {
  return parseRole(values.role);
}

function samePlace<E extends Entry>({ kind, values }: Entry, entries: readonly E[]): E | undefined {
  const path = known(values.path);
  return entries.find((other) => {
    const otherPath = known(other.values.path);
    if (other.kind !== kind || path === undefined || otherPath === undefined) return false;
    return pathWord(path) === pathWord(otherPath);
  });
}

function lessened(
  prior: MembershipsState,
  planned: MembershipsConfig | null,
  context: Context,
): Lessening[] {
  const userId = userIdOf(prior);
  const after = planned === null ? [] : entriesOf(planned);
  const isLeft = planned !== null && prior.exclusive === null && planned.exclusive !== true;
  return knownEntriesOf(prior).flatMap((entry) => {
    const now = samePlace(entry, after);
    if (now === undefined && isLeft) return [];
    return membershipLosses(
      { user_id: userId, ...entry.values },
      now === undefined ? null : now.values,
      describeEntry(entry, userId, context),
    );
  });
}
