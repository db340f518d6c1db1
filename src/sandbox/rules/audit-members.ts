import { accessLevels } from "../auth/access";
import type { Call } from "../http/call";
import type { Instance } from "../instance";
import type { Member } from "../state/rows";
import type { Store } from "../state/store";
import {
  record,
  recordBySystem,
  sourceEntity,
  userTarget,
  type Entity,
  type Happening,
  type Target,
} from "./audit-record";

/** A role as GitLab shows it. */
export function roleName(level: number): string {
  const name = Object.entries(accessLevels).find(([, value]) => value === level)?.[0] ?? "";
  return name === "minimal" ? "Minimal Access" : name.charAt(0).toUpperCase() + name.slice(1);
}

/** Where a membership is, and its user. Undefined if the user is gone. */
function placeOf(store: Store, member: Member): [Entity, Target] | undefined {
  const user = store.users.get(member.user_id);
  if (user === undefined) return undefined;
  const source = { type: member.source_type, id: member.source_id };
  return [sourceEntity(store, source), userTarget(user)];
}

function auditMember(call: Call, member: Member, what: Happening): void {
  const place = placeOf(call.instance.store, member);
  if (place !== undefined) record(call, ...place, what);
}

/** A user has become a member. */
export function auditNewMember(call: Call, member: Member): void {
  const more = { add: "user_access", as: roleName(member.access_level), member_id: member.id };
  auditMember(call, member, { name: "member_created", message: "Membership created", more });
}

/** A membership has another role or expiry. */
export function auditChangedMember(
  call: Call,
  before: Pick<Member, "access_level" | "expires_at">,
  member: Member,
): void {
  const more = {
    change: "access_level",
    from: roleName(before.access_level),
    to: roleName(member.access_level),
    expiry_from: before.expires_at,
    expiry_to: member.expires_at,
    as: roleName(member.access_level),
    member_id: member.id,
    member_role_id: member.member_role_id,
  };
  auditMember(call, member, { name: "member_updated", message: "Membership updated", more });
}

function removal(member: Member) {
  return { remove: "user_access", as: roleName(member.access_level), member_id: member.id };
}

/** A user is no longer a member. */
export function auditRemovedMember(call: Call, member: Member): void {
  const message = "Membership destroyed";
  auditMember(call, member, { name: "member_destroyed", message, more: removal(member) });
}

/** A membership has expired. */
export function auditExpiredMember(instance: Instance, member: Member): void {
  const place = placeOf(instance.store, member);
  if (place === undefined) return;
  const day = String(member.expires_at);
  recordBySystem(instance, ...place, {
    name: "member_destroyed",
    message: `Membership expired on ${day}`,
    more: { ...removal(member), system_event: true, reason: `access expired on ${day}` },
  });
}
