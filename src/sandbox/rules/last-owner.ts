import { accessLevels, groupAndAncestors } from "../auth/access";
import type { Instance } from "../instance";
import type { Member } from "../state/rows";
import { sourceKey, type SourceRef } from "../state/store";

/** Whether a group would have no Owner without a member. Bots do not count, and Owners of parent groups do. */
export function isLastOwner({ store }: Instance, source: SourceRef, member: Member): boolean {
  if (source.type !== "group" || member.access_level !== accessLevels.owner) return false;
  return !groupAndAncestors(store, source.id)
    .flatMap(({ id }) => store.membersBySource.all(sourceKey("group", id)))
    .some(
      ({ id, access_level, user_id }) =>
        id !== member.id &&
        access_level === accessLevels.owner &&
        store.users.get(user_id)?.user_type !== "project_bot",
    );
}
