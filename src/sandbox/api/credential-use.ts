import { accessLevels, canRead, hasRole } from "../auth/access";
import { isUsable } from "../auth/authenticate";
import { basicLogin } from "../auth/basic";
import { presentedJob } from "../auth/job-token";
import { digestOf } from "../auth/token-value";
import type { Caller, Incoming } from "../http/call";
import type { Visit } from "../http/route";
import type { Instance } from "../instance";
import { recordUse } from "../rules/token-use";
import type { Job } from "../state/pipeline-rows";
import type { DeployToken, Project } from "../state/rows";

/** What clients of Git, of the registry and of the package registry do with a project. */
export type Deed = `${"read" | "write"}_${"repository" | "registry" | "package_registry"}`;

/** The credentials of a request: none, wrong ones, a user's or job's, or a deploy token. */
export type Credentials =
  | { readonly kind: "none" | "wrong" }
  | { readonly kind: "user"; readonly caller: Caller }
  | { readonly kind: "deploy token"; readonly token: DeployToken };

/** Whether credentials allow an action. If not, what is missing: their scope, or a role. */
export type Permission = "granted" | "lacks scope" | "lacks role";

/** Scopes with which a user's token allows an action, beside `api`. */
const scopesFor: Readonly<Record<Deed, readonly string[]>> = {
  read_repository: ["read_repository", "write_repository"],
  write_repository: ["write_repository"],
  read_registry: ["read_registry"],
  write_registry: ["write_registry"],
  read_package_registry: ["read_api"],
  write_package_registry: [],
};

/** Scopes of deploy tokens are actions. Writing packages includes reading them. */
const deployScopesFor = (deed: Deed): readonly string[] =>
  deed === "read_package_registry" ? [deed, "write_package_registry"] : [deed];

/** Jobs push code only if the project allows it. */
function isOpenToJobs({ settings }: Project, deed: Deed): boolean {
  return (
    deed !== "write_repository" || settings?.["ci_push_repository_for_job_token_allowed"] === true
  );
}

export function credentialsOf(visit: Visit): Credentials {
  const { instance, incoming, token } = visit;
  const deployToken = deployTokenOf(instance, incoming);
  if (deployToken !== undefined) return { kind: "deploy token", token: deployToken };
  if (token === undefined) return jobCredentials(visit);
  const user = instance.store.users.get(token.user_id);
  if (user?.state !== "active" || !isUsable(instance, token)) return { kind: "wrong" };
  recordUse(instance, token, incoming.ip);
  return { kind: "user", caller: { user, token, admin: user.admin } };
}

const carriers = ["authorization", "private-token", "job-token", "deploy-token"] as const;

function jobCredentials({ instance, incoming, jobToken }: Visit): Credentials {
  const isAnonymous = carriers.every((name) => incoming.headers[name] === undefined);
  if (isAnonymous) return { kind: "none" };
  const job = jobIn(instance, incoming, jobToken);
  const user = job === undefined ? undefined : instance.store.users.get(job.user_id);
  if (user?.state !== "active") return { kind: "wrong" };
  return { kind: "user", caller: { user, token: undefined, job, admin: user.admin } };
}

function jobIn(instance: Instance, incoming: Incoming, places: Visit["jobToken"]): Job | undefined {
  try {
    return presentedJob(instance, incoming, places);
  } catch {
    return undefined;
  }
}

/** A deploy token counts in its own header, or as a password with its own username. */
function deployTokenOf({ store, clock }: Instance, { headers }: Incoming): DeployToken | undefined {
  const login = basicLogin(headers);
  const header = headers["deploy-token"];
  const value = typeof header === "string" ? header : login?.password;
  const token = value === undefined ? undefined : store.deployTokensByDigest.first(digestOf(value));
  if (token === undefined || token.revoked) return undefined;
  if (token.expires_at !== null && token.expires_at <= clock.now()) return undefined;
  const username = token.username ?? `gitlab+deploy-token-${token.id}`;
  return header === value || login?.username === username ? token : undefined;
}

/** Whether the project is visible with such credentials. */
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

/** A deploy token of a group is valid for all projects below it. */
function covers({ store }: Instance, { source_type, source_id }: DeployToken, project: Project) {
  if (source_type === "project") return source_id === project.id;
  const group = store.groups.get(source_id);
  const path = group?.full_path.toLowerCase();
  return path !== undefined && project.full_path.toLowerCase().startsWith(`${path}/`);
}

/** Whether credentials allow an action, by scope and by role. */
export function permissionFor(
  instance: Instance,
  credentials: Credentials,
  project: Project,
  deed: Deed,
): Permission {
  const isOpen = deed.startsWith("read_") && project.visibility === "public";
  switch (credentials.kind) {
    case "none":
    case "wrong":
      return isOpen && credentials.kind === "none" ? "granted" : "lacks role";
    case "deploy token": {
      const { scopes } = credentials.token;
      if (!deployScopesFor(deed).some((scope) => scopes.includes(scope))) return "lacks scope";
      return isOpen || covers(instance, credentials.token, project) ? "granted" : "lacks role";
    }
    case "user":
      if (!isScoped(credentials.caller, project, deed)) return "lacks scope";
      return isOpen || hasRoleFor(instance, credentials.caller, project, deed)
        ? "granted"
        : "lacks role";
  }
}

function isScoped({ token, job }: Caller, project: Project, deed: Deed): boolean {
  if (job !== undefined) return isOpenToJobs(project, deed);
  return ["api", ...scopesFor[deed]].some((scope) => token?.scopes.includes(scope) === true);
}

function hasRoleFor(instance: Instance, caller: Caller, project: Project, deed: Deed): boolean {
  const isRead = deed.startsWith("read_");
  if (isRead && project.visibility === "internal" && !caller.user.external) return true;
  const level = isRead ? accessLevels.reporter : accessLevels.developer;
  return hasRole(instance, caller, { type: "project", id: project.id }, level);
}
