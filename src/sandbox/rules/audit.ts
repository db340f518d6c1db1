import type { Call } from "../http/call";
import type { AccessToken, DeployToken, User } from "../state/rows";
import type { SourceRef } from "../state/store";
import { roleName } from "./audit-members";
import { record, sourceEntity, userEntity, userTarget, type Happening } from "./audit-record";

/** An action on a user's account. */
export function auditUser(call: Call, user: User, what: Happening): void {
  record(call, userEntity(user), userTarget(user), what);
}

/** A user was created. Unlike elsewhere, the target is named by its path. */
export function auditNewUser(call: Call, user: User): void {
  const { id, username, name, email, admin } = user;
  const access_level = admin ? "admin" : "regular";
  const registration_details = { id, username, name, email, access_level };
  const target = { ...userTarget(user), details: username };
  record(call, userEntity(user), target, {
    name: "user_created",
    message: `User ${username} created`,
    more: { add: "user", registration_details },
  });
}

/** The changes of an account, attribute by attribute. */
export function auditChanges(
  call: Call,
  before: Pick<User, "email" | "name" | "username">,
  user: User,
): void {
  for (const [attribute, change] of [
    ["email", "email address"],
    ["username", "username"],
    ["name", "name"],
  ] as const) {
    const [from, to] = [before[attribute], user[attribute]];
    if (from === to) continue;
    const message = `Changed ${change} from ${from} to ${to}`;
    auditUser(call, user, {
      name: `user_${change.replace(" ", "_")}_updated`,
      message,
      more: { change, from, to },
    });
  }
}

/** A user is being deleted. */
export function auditDeletion(call: Call, user: User): void {
  const target = { ...userTarget(user), details: user.username };
  const message = `User ${user.username} scheduled for deletion`;
  record(call, userEntity(user), target, { name: "user_destroyed", message });
}

type TokenDeed = "Created" | "Revoked" | "Rotated";

/** An action on a user's own token. Listed with its author, as in GitLab. */
export function auditToken(call: Call, deed: TokenDeed, token: AccessToken): void {
  const user = call.instance.store.users.get(token.user_id);
  if (user === undefined) return;
  const kind = token.impersonation ? "impersonation token" : "personal access token";
  record(call, userEntity(call.caller.user), userTarget(user), {
    name: `${kind.replaceAll(" ", "_")}_${deed.toLowerCase()}`,
    message: `${deed} ${kind} with id ${token.id}`,
    more: deed === "Revoked" ? { revocation_source: "self" } : undefined,
  });
}

const outcomes: Readonly<Record<TokenDeed, string>> = {
  Created: "created",
  Revoked: "deleted",
  Rotated: "rotated",
};

/** An action on the token of a group or project. */
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
  const scopes = scopeList(token.scopes);
  const message =
    deed !== "Created"
      ? `${deed} ${source.type} access token with token_id: ${token.id}`
      : source.type === "project"
        ? `Created project access token with token_id: ${token.id} with scopes: ${scopes} and ${roleName(level)} access level.`
        : `Created group token with token_id: ${token.id} with scopes: ${scopes}.`;
  const name = `${source.type}_access_token_${outcomes[deed]}`;
  record(call, sourceEntity(store, source), target, { name, message });
}

function scopeList(scopes: readonly string[]): string {
  return `[${scopes.map((scope) => `"${scope}"`).join(", ")}]`;
}

/** An action on a deploy token. */
export function auditDeployToken(
  call: Call,
  deed: "Created" | "Revoked",
  source: SourceRef,
  { id, name, scopes }: DeployToken,
): void {
  auditContainer(call, source, {
    name: `${source.type}_deploy_token_${deed.toLowerCase()}`,
    message: `${deed} ${source.type} deploy token with name: ${name} with token_id: ${id} with scopes: ${scopeList(scopes)}.`,
  });
}

/** An action on a group or project as a whole. */
export function auditContainer(call: Call, source: SourceRef, what: Happening): void {
  const entity = sourceEntity(call.instance.store, source);
  record(call, entity, { id: entity.id, type: entity.type, details: entity.path }, what);
}

/** A group or project was created. */
export function auditNewContainer(call: Call, source: SourceRef): void {
  const { type } = source;
  const what = { name: `${type}_created`, message: `Added ${type}`, more: { add: type } };
  auditContainer(call, source, what);
}
