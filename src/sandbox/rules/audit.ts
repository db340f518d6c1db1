import { accessLevels } from "../auth/access";
import type { Call } from "../http/call";
import type { AccessToken, AuditedType, Member, User } from "../state/rows";
import type { SourceRef, Store } from "../state/store";

/** More than this is not kept; older events go first. */
const eventsKept = 10_000;

type Details = Readonly<Record<string, string | number | null>>;

/** Where an event is listed, and the path by which it is shown there. */
interface Entity {
  readonly type: AuditedType;
  readonly id: number;
  readonly path: string;
}

interface Target {
  readonly id: number;
  readonly type: AuditedType | "PersonalAccessToken";
  readonly details: string;
}

function userEntity({ id, username }: User): Entity {
  return { type: "User", id, path: username };
}

function userTarget({ id, name }: User): Target {
  return { id, type: "User", details: name };
}

function sourceEntity(store: Store, { type, id }: SourceRef): Entity {
  const container = type === "group" ? store.groups.get(id) : store.projects.get(id);
  return { type: type === "group" ? "Group" : "Project", id, path: container?.full_path ?? "" };
}

function record(call: Call, entity: Entity, target: Target, details: Details): void {
  const { instance, caller, incoming } = call;
  const { auditEvents } = instance.store;
  const event = auditEvents.insert({
    author_id: caller.user.id,
    entity_id: entity.id,
    entity_type: entity.type,
    details: {
      ...details,
      author_name: caller.user.name,
      author_email: caller.user.email,
      author_class: "User",
      target_id: target.id,
      target_type: target.type,
      target_details: target.details,
      ip_address: incoming.ip,
      entity_path: entity.path,
    },
    created_at: instance.clock.now(),
  });
  const oldest = auditEvents.get(event.id - eventsKept);
  if (oldest !== undefined) auditEvents.delete(oldest);
}

/** Something that was done to a user's account. */
export function auditUser(call: Call, user: User, details: Details): void {
  record(call, userEntity(user), userTarget(user), details);
}

/** What was changed about an account, attribute by attribute. */
export function auditChanges(
  call: Call,
  before: Pick<User, "email" | "username">,
  user: User,
): void {
  for (const [attribute, change] of [
    ["email", "email address"],
    ["username", "username"],
  ] as const) {
    const [from, to] = [before[attribute], user[attribute]];
    if (from !== to) auditUser(call, user, { change, from, to });
  }
}

/** A user is on the way out. */
export function auditDeletion(call: Call, user: User): void {
  auditUser(call, user, { custom_message: `User ${user.username} scheduled for deletion` });
}

type TokenDeed = "Created" | "Revoked" | "Rotated";

/** Something that was done to a user's own token; listed with whoever did it, as in GitLab. */
export function auditToken(call: Call, deed: TokenDeed, token: AccessToken): void {
  const user = call.instance.store.users.get(token.user_id);
  if (user === undefined) return;
  const kind = token.impersonation ? "impersonation token" : "personal access token";
  const custom_message = `${deed} ${kind} with id ${token.id}`;
  record(call, userEntity(call.caller.user), userTarget(user), { custom_message });
}

/** Something that was done to the token of a group or project. */
export function auditResourceToken(
  call: Call,
  deed: TokenDeed,
  source: SourceRef,
  token: AccessToken,
): void {
  const { store } = call.instance;
  const level = store.directMember(source, token.user_id)?.access_level ?? 0;
  const target = {
    id: token.id,
    type: "PersonalAccessToken",
    details: store.users.get(token.user_id)?.name ?? "",
  } as const;
  const scopes = `[${token.scopes.map((scope) => `"${scope}"`).join(", ")}]`;
  const custom_message =
    deed !== "Created"
      ? `${deed} ${source.type} access token with token_id: ${token.id}`
      : source.type === "project"
        ? `Created project access token with token_id: ${token.id} with scopes: ${scopes} and ${roleName(level)} access level.`
        : `Created group token with token_id: ${token.id} with scopes: ${scopes}.`;
  record(call, sourceEntity(store, source), target, { custom_message });
}

/** A role as GitLab shows it. */
function roleName(level: number): string {
  const name = Object.entries(accessLevels).find(([, value]) => value === level)?.[0] ?? "";
  return name === "minimal" ? "Minimal Access" : name.charAt(0).toUpperCase() + name.slice(1);
}

function auditMember(call: Call, member: Member, details: Details): void {
  const { store } = call.instance;
  const user = store.users.get(member.user_id);
  if (user === undefined) return;
  const source = { type: member.source_type, id: member.source_id };
  record(call, sourceEntity(store, source), userTarget(user), details);
}

/** A user has become a member. */
export function auditNewMember(call: Call, member: Member): void {
  auditMember(call, member, {
    ...{ add: "user_access", as: roleName(member.access_level), member_id: member.id },
    custom_message: "Membership created",
  });
}

/** A membership has another role or end. */
export function auditChangedMember(
  call: Call,
  before: Pick<Member, "access_level" | "expires_at">,
  member: Member,
): void {
  auditMember(call, member, {
    change: "access_level",
    from: roleName(before.access_level),
    to: roleName(member.access_level),
    expiry_from: before.expires_at,
    expiry_to: member.expires_at,
    as: roleName(member.access_level),
    member_id: member.id,
    custom_message: "Membership updated",
  });
}

/** A user is a member no longer. */
export function auditRemovedMember(call: Call, member: Member): void {
  auditMember(call, member, {
    ...{ remove: "user_access", member_id: member.id },
    custom_message: "Membership destroyed",
  });
}

/** Something that was done to a group or project as a whole. */
export function auditContainer(call: Call, source: SourceRef, details: Details): void {
  const entity = sourceEntity(call.instance.store, source);
  record(call, entity, { id: entity.id, type: entity.type, details: entity.path }, details);
}
