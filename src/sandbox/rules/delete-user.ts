import { accessLevels, groupAndAncestors } from "../auth/access";
import type { Instance } from "../instance";
import type { Group, User } from "../state/rows";
import { sourceKey } from "../state/store";
import { deleteGroup } from "./delete-container";

/** Groups that would be left without an Owner. An Owner of a parent group counts too. */
export function solelyOwnedGroups({ store }: Instance, user: User): Group[] {
  return store.membersByUser.all(user.id).flatMap((member) => {
    if (member.source_type !== "group" || member.access_level !== accessLevels.owner) return [];
    const others = groupAndAncestors(store, member.source_id)
      .flatMap((group) => store.membersBySource.all(sourceKey("group", group.id)))
      .filter(({ access_level, id }) => access_level === accessLevels.owner && id !== member.id);
    const group = others.length === 0 ? store.groups.get(member.source_id) : undefined;
    return group === undefined ? [] : [group];
  });
}

/** Queues a deletion: the user is blocked immediately, the row is removed later. */
export function requestDeletion(instance: Instance, user: User, hardDelete: boolean): void {
  const { store, clock, deletionDelay } = instance;
  if (user.deletion !== null) return;
  const due_at =
    deletionDelay === null ? null : new Date(clock.milliseconds() + deletionDelay).toISOString();
  store.users.update(user, {
    state: "blocked",
    updated_at: clock.now(),
    deletion: { due_at, hard_delete: hardDelete },
  });
}

/** Removes the rows of users that are due, or of all that wait. */
export function purgeDeletedUsers(instance: Instance, which: "due" | "all"): number {
  const now = instance.clock.now();
  const gone = instance.store.usersByDeletion
    .all("pending")
    .filter(({ deletion }) => which === "all" || (deletion?.due_at ?? "9") <= now);
  for (const user of gone) purge(instance, user);
  return gone.length;
}

function purge(instance: Instance, user: User): void {
  const { store } = instance;
  if (user.deletion?.hard_delete === true) {
    for (const group of solelyOwnedGroups(instance, user)) deleteGroup(instance, group);
  }
  for (const token of store.tokensByUser.all(user.id)) store.tokens.delete(token);
  for (const member of store.membersByUser.all(user.id)) store.members.delete(member);
  for (const row of store.accessRequestsByUser.all(user.id)) store.accessRequests.delete(row);
  store.users.delete(user);
}
