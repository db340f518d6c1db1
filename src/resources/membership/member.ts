import type { MemberEntity, MemberFields } from "../../gitlab";
import {
  ACCESS_LEVELS,
  parseMembershipId,
  parseRole,
  roleOfAccessLevel,
  type MembershipId,
} from "../../model";
import { userLabel } from "../shared/account-label";
import type { Context } from "../shared/context";
import { idFailure } from "../shared/spelled-id";
import type { MembershipState } from "./schema";

/** What the declaration requires of the server. */
export function fieldsOf(state: MembershipState): MemberFields {
  const role = parseRole(state.role);
  if (role === undefined) throw new Error(`the plan holds the unknown role ${state.role}`);
  return {
    access_level: ACCESS_LEVELS[role],
    expires_at: state.expires_at,
    member_role_id: state.custom_role_id,
  };
}

/** Whether the server matches the declaration. */
export function isAsWanted(member: MemberEntity, wanted: MemberFields): boolean {
  return (
    member.access_level === wanted.access_level &&
    (member.expires_at ?? null) === wanted.expires_at &&
    (member.member_role?.id ?? null) === wanted.member_role_id
  );
}

/** The state as the server has it now. An equal role keeps its spelling. */
export function stateAsRead(state: MembershipState, member: MemberEntity): MembershipState {
  const role = roleOfAccessLevel(member.access_level) ?? String(member.access_level);
  const sameRole = state.role !== null && parseRole(state.role ?? "") === role;
  return {
    ...state,
    user_id: member.id,
    role: sameRole ? state.role : role,
    custom_role_id: member.member_role?.id ?? null,
    expires_at: member.expires_at ?? null,
    remove_memberships_below: state.remove_memberships_below ?? false,
    status: "active",
  };
}

export function membershipIdOf(state: MembershipState): MembershipId {
  const id = parseMembershipId(state.id ?? "");
  if (id === undefined) throw idFailure(state.id);
  return id;
}

/** Such as `membership of user "apps-bot" (345) in group 12`. */
export function describeMembership({ container, userId }: MembershipId, context: Context): string {
  return `membership of ${userLabel(userId, context)} in ${container.kind} ${container.id}`;
}
