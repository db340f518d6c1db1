import type { Instance } from "../instance";
import type { Member, MemberRole } from "../state/rows";
import { userBasicJson } from "./user";

export function memberRoleJson({
  id,
  name,
  description,
  base_access_level,
  permissions,
}: MemberRole) {
  return { id, name, description, group_id: null, base_access_level, ...permissions };
}

/** A membership. Nothing in it distinguishes a service account from a human. */
export function memberJson(instance: Instance, member: Member, withSeat = false) {
  const { store, tier } = instance;
  const user = store.users.get(member.user_id);
  const creator = member.created_by_id === null ? undefined : store.users.get(member.created_by_id);
  const role =
    member.member_role_id === null ? undefined : store.memberRoles.get(member.member_role_id);
  return {
    ...(user === undefined ? { id: member.user_id } : userBasicJson(instance, user)),
    access_level: member.access_level,
    created_at: member.created_at,
    ...(creator === undefined ? {} : { created_by: userBasicJson(instance, creator) }),
    expires_at: member.expires_at,
    ...(tier === "free" ? {} : { group_saml_identity: null }),
    ...(withSeat ? { is_using_seat: user?.user_type === "human" } : {}),
    membership_state: "active",
    ...(tier === "ultimate"
      ? { member_role: role === undefined ? null : memberRoleJson(role) }
      : {}),
  };
}
