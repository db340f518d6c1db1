import { createHmac, randomBytes } from "node:crypto";
import type { Reply } from "../http/reply";
import type { Route, Visit } from "../http/route";
import type { Instance } from "../instance";
import { credentialsOf, permissionFor, seesProject, type Credentials } from "./credential-use";
import type { Project } from "../state/rows";

function deniedText({ url }: Instance): string {
  return `HTTP Basic: Access denied. If a password was provided for Git authentication, the password was incorrect or you're required to use a token instead of a password. If a token was provided, it was either incorrect, expired, or improperly scoped. See ${url}/help/topics/git/troubleshooting_git.md#error-on-git-fetch-http-basic-access-denied`;
}

function plain(status: number, content: string, headers: Record<string, string> = {}): Reply {
  return { status, text: { type: "text/plain; charset=utf-8", content }, headers };
}

const services = {
  "git-upload-pack": {
    deed: "read_repository",
    lacksScope: "You are not allowed to download code.",
    lacksRole: "You are not allowed to download code from this project.",
  },
  "git-receive-pack": {
    deed: "write_repository",
    lacksScope: "You are not allowed to upload code.",
    lacksRole: "You are not allowed to push code to this project.",
  },
} as const;

function packet(line: string): string {
  return (line.length + 4).toString(16).padStart(4, "0") + line;
}

/** What a repository without a commit advertises. */
function emptyAdvertisement(service: string): string {
  const nothing = `${"0".repeat(40)} capabilities^{}\0 object-format=sha1\n`;
  return `${packet(`# service=${service}\n`)}0000${packet(nothing)}0000`;
}

const unseenText =
  "The project you were looking for could not be found or you don't have permission to view it.";

/** For a job, GitLab's error reveals what is hidden from other callers. */
function unseen({ store }: Instance, credentials: Credentials, project?: Project): Reply {
  const job = credentials.kind === "user" ? credentials.caller.job : undefined;
  const own = job === undefined ? undefined : store.projects.get(job.project_id);
  if (own === undefined || project === undefined) return plain(404, unseenText);
  return plain(
    403,
    `Authentication by CI/CD job token not allowed from ${own.path} to ${project.path}.`,
  );
}

/** The first request of every Git client: whether a token gives access to a repository, which is empty here. */
function infoRefs(visit: Visit): Reply {
  const { instance, incoming, path } = visit;
  const service = incoming.query["service"];
  if (service !== "git-upload-pack" && service !== "git-receive-pack") {
    return plain(403, "Git access over HTTP is not allowed");
  }
  const { deed, lacksScope, lacksRole } = services[service];
  const credentials = credentialsOf(visit);
  const project = instance.store.projectsByPath.first((path["project"] ?? "").toLowerCase());
  const permission =
    project === undefined ? "lacks role" : permissionFor(instance, credentials, project, deed);
  if (permission === "granted") {
    const content = emptyAdvertisement(service);
    return { status: 200, text: { type: `application/x-${service}-advertisement`, content } };
  }
  if (credentials.kind === "none" || credentials.kind === "wrong") {
    return plain(401, deniedText(instance), { "WWW-Authenticate": 'Basic realm="GitLab"' });
  }
  if (permission === "lacks scope") return plain(403, lacksScope);
  if (project === undefined || !seesProject(instance, credentials, project)) {
    return unseen(instance, credentials, project);
  }
  return plain(403, lacksRole);
}

/** Signs tokens that no registry here reads. */
const signingKey = randomBytes(32);

function jwt(payload: object): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const content = `${encode({ typ: "JWT", alg: "HS256" })}.${encode(payload)}`;
  return `${content}.${createHmac("sha256", signingKey).update(content).digest("base64url")}`;
}

interface Access {
  readonly type: string;
  readonly name: string;
  readonly actions: readonly string[];
}

/** The allowed part of a scope such as `repository:group/project:pull,push`. */
function grantedAccess(instance: Instance, credentials: Credentials, scope: string): Access {
  const [type = "", name = "", actions = ""] = scope.split(":");
  const parts = name.toLowerCase().split("/");
  // An image may have a name below that of its project.
  const project = parts
    .map((_, index) => parts.slice(0, parts.length - index).join("/"))
    .map((path) => instance.store.projectsByPath.first(path))
    .find((found) => found !== undefined);
  const isAllowed = (action: string) => {
    const deed = action === "pull" ? "read_registry" : "write_registry";
    return (
      project !== undefined && permissionFor(instance, credentials, project, deed) === "granted"
    );
  };
  return { type, name, actions: actions.split(",").filter(isAllowed) };
}

function registryError(status: number, code: string, message: string): Reply {
  return { status, body: { errors: [{ code, message }] } };
}

/** Where Docker and other registry clients exchange a token for a registry's own. */
function registryToken(visit: Visit): Reply {
  const { instance, incoming } = visit;
  const { scope, service } = incoming.query;
  if (service !== "container_registry") return plain(404, "");
  const credentials = credentialsOf(visit);
  if (credentials.kind === "wrong") {
    return registryError(401, "UNAUTHORIZED", deniedText(instance));
  }
  const scopes = [scope].flat().filter((value): value is string => typeof value === "string");
  const access = scopes.map((wanted) => grantedAccess(instance, credentials, wanted));
  const isRefused = access.length > 0 && access.every(({ actions }) => actions.length === 0);
  if (isRefused || (access.length === 0 && credentials.kind === "none")) {
    return registryError(403, "DENIED", "access forbidden");
  }
  const issued = Math.floor(instance.clock.milliseconds() / 1000);
  const claims = { aud: service, iss: "gitlab-issuer", iat: issued, exp: issued + 300, access };
  return { status: 200, body: { token: jwt(claims) } };
}

const passwords = { basicAuth: true, jobToken: ["password"] } as const;

/** Where Git and registry clients check a token. These routes are outside of the API. */
export const outsideRoutes: readonly { readonly pattern: RegExp; readonly route: Route }[] = [
  {
    pattern: /^\/(?!api\/|-\/)(?<project>.+?)(?:\.git)?\/info\/refs$/,
    route: { method: "GET", path: "/:project/info/refs", ...passwords, answer: infoRefs },
  },
  {
    pattern: /^\/jwt\/auth$/,
    route: { method: "GET", path: "/jwt/auth", ...passwords, answer: registryToken },
  },
];
