import { accessLevels, canRead, hasRole } from "../auth/access";
import { isUsable } from "../auth/authenticate";
import { digestOf } from "../auth/token-value";
import type { Caller, Incoming } from "../http/call";
import type { Visit } from "../http/route";
import type { Instance } from "../instance";
import { recordUse } from "../rules/token-use";
import type { DeployToken, Project } from "../state/rows";

/** What Git and registry clients do with a project. */
export type Deed = "read_repository" | "write_repository" | "read_registry" | "write_registry";

/** Whose credentials came with a request: nobody's, a user's token, a deploy token, or wrong ones. */
export type Credentials =
  | { readonly kind: "none" | "wrong" }
  | { readonly kind: "user"; readonly caller: Caller }
  | { readonly kind: "deploy token"; readonly token: DeployToken };

/** Scopes that allow a deed, beside `api`. */
const scopesFor: Readonly<Record<Deed, readonly string[]>> = {
  read_repository: ["read_repository", "write_repository"],
  write_repository: ["write_repository"],
  read_registry: ["read_registry"],
  write_registry: ["write_registry"],
};

export function credentialsOf({ instance, incoming, token }: Visit): Credentials {
  if (incoming.headers.authorization === undefined) return { kind: "none" };
  const deployToken = deployTokenOf(instance, incoming);
  if (deployToken !== undefined) return { kind: "deploy token", token: deployToken };
  const user = token === undefined ? undefined : instance.store.users.get(token.user_id);
  if (token === undefined || user === undefined || !isUsable(instance, token)) {
    return { kind: "wrong" };
  }
  if (user.state !== "active") return { kind: "wrong" };
  recordUse(instance, token, incoming.ip);
  return { kind: "user", caller: { user, token, admin: user.admin } };
}

/** A deploy token counts only with its own username. */
function deployTokenOf({ store, clock }: Instance, { headers }: Incoming): DeployToken | undefined {
  const encoded = /^Basic (.+)$/i.exec(headers.authorization ?? "")?.[1] ?? "";
  const text = Buffer.from(encoded, "base64").toString();
  const mark = text.indexOf(":");
  const token = store.deployTokensByDigest.first(digestOf(text.slice(mark + 1)));
  if (token === undefined || token.revoked) return undefined;
  if (token.expires_at !== null && token.expires_at <= clock.now()) return undefined;
  const username = token.username ?? `gitlab+deploy-token-${token.id}`;
  return text.slice(0, mark) === username ? token : undefined;
}

/** Whether the project shows itself to those with such credentials. */
export function seesProject(
  instance: Instance,
  credentials: Credentials,
  project: Project,
): boolean {
  if (project.visibility === "public") return true;
  if (credentials.kind === "user") {
    return canRead(instance, credentials.caller, "project", project);
  }
  return credentials.kind === "deploy token" && covers(instance, credentials.token, project);
}

/** A deploy token of a group is one for all projects below it. */
function covers({ store }: Instance, { source_type, source_id }: DeployToken, project: Project) {
  if (source_type === "project") return source_id === project.id;
  const group = store.groups.get(source_id);
  const path = group?.full_path.toLowerCase();
  return path !== undefined && project.full_path.toLowerCase().startsWith(`${path}/`);
}

/** Whether credentials allow a deed, by scope and by role. */
export function allows(
  instance: Instance,
  credentials: Credentials,
  project: Project,
  deed: Deed,
): boolean {
  const isRead = deed.startsWith("read_");
  const isOpen = isRead && project.visibility === "public";
  switch (credentials.kind) {
    case "none":
      return isOpen;
    case "wrong":
      return false;
    case "deploy token":
      return (
        credentials.token.scopes.includes(deed) && covers(instance, credentials.token, project)
      );
    case "user": {
      const { token, user } = credentials.caller;
      const isScoped = ["api", ...scopesFor[deed]].some((scope) => token.scopes.includes(scope));
      if (!isScoped) return false;
      const source = { type: "project", id: project.id } as const;
      const level = isRead ? accessLevels.reporter : accessLevels.developer;
      const isInternal = isRead && project.visibility === "internal" && !user.external;
      return isOpen || isInternal || hasRole(instance, credentials.caller, source, level);
    }
  }
}
