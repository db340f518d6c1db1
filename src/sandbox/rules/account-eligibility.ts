import { groupAndAncestors, membershipSources } from "../auth/access";
import type { Instance } from "../instance";
import type { User } from "../state/rows";
import type { SourceRef } from "../state/store";

/**
 * Whether a user can become a member of a group or project at all. Only accounts of subgroups and projects are
 * restricted.
 */
export function isEligible({ store }: Instance, user: User, target: SourceRef): boolean {
  const { provisioned_by_group_id: groupId, provisioned_by_project_id: projectId } = user;
  if (user.user_type !== "service_account") return true;
  if (projectId !== null) return target.type === "project" && target.id === projectId;
  if (groupId === null || groupAndAncestors(store, groupId).length < 2) return true;
  return membershipSources(store, target).some(
    (source) => source.type === "group" && source.id === groupId,
  );
}
