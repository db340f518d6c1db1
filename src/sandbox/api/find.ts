import { canRead, canReadMembers, hasRole } from "../auth/access";
import type { Call } from "../http/call";
import { ApiError, failure, forbidden, notFound } from "../http/errors";
import type { Group, Project, SourceType } from "../state/rows";
import type { SourceRef } from "../state/store";

/** The group of a path that the caller may see. */
export function findGroup(call: Call, reference = call.path["id"] ?? ""): Group {
  const group = call.instance.store.groupOf(reference);
  if (group === undefined || !canRead(call.instance, call.caller, "group", group)) {
    throw notFound("Group");
  }
  return group;
}

/** The project of a path that the caller may see. */
export function findProject(call: Call, reference = call.path["id"] ?? ""): Project {
  const { store } = call.instance;
  const current = store.projectOf(reference);
  const redirect = store.redirectsByPath.first(reference.toLowerCase());
  const project = current ?? store.projects.get(redirect?.project_id ?? 0);
  if (project === undefined) throw notFound("Project");
  if (!canRead(call.instance, call.caller, "project", project)) throw unreadable(call, project);
  if (current === undefined) throw movedTo(call, project);
  return project;
}

/** For a job, GitLab's error reveals what is hidden from other callers. */
function unreadable({ instance, caller: { job } }: Call, { path }: Project): ApiError {
  const own = job === undefined ? undefined : instance.store.projects.get(job.project_id);
  if (own === undefined) return notFound("Project");
  return forbidden(`Authentication by CI/CD job token not allowed from ${own.path} to ${path}.`);
}

/** Redirects reads of a project's former path to its id; for other requests the caller must look up where it is. */
function movedTo({ instance, incoming }: Call, project: Project): ApiError {
  const { method, queryString } = incoming;
  if (method !== "GET" && method !== "HEAD") {
    return failure(405, "Non GET methods are not allowed for moved projects");
  }
  const target = incoming.path.replace(/(?<=\/projects\/)[^/]+/, String(project.id));
  const url = `${instance.url}${target}${queryString === "" ? "" : `?${queryString}`}`;
  return new ApiError({
    status: 301,
    text: { type: "text/plain", content: `This resource has been moved permanently to ${url}.` },
    headers: { Location: url },
  });
}

/** The group or project in a path under `/groups` or `/projects`. */
export function findSource(call: Call, type: SourceType): SourceRef {
  const { id } = type === "group" ? findGroup(call) : findProject(call);
  return { type, id };
}

/** Such a group or project, if the caller may see its members. */
export function findSourceOfMembers(call: Call, type: SourceType): SourceRef {
  const source = findSource(call, type);
  if (!canReadMembers(call.instance, call.caller, source)) throw forbidden();
  return source;
}

export function requireRole(call: Call, source: SourceRef, level: number): void {
  if (!hasRole(call.instance, call.caller, source, level)) throw forbidden();
}

export function requireAdmin(call: Call): void {
  if (!call.caller.admin) throw forbidden();
}

/** Refuses a deletion that is based on an older version of the object. */
export function requireUnmodified(call: Call, updatedAt: string): void {
  const header = call.incoming.headers["if-unmodified-since"];
  if (typeof header !== "string") return;
  const bound = Date.parse(header);
  const wholeSeconds = Math.floor(Date.parse(updatedAt) / 1000) * 1000;
  if (!Number.isNaN(bound) && wholeSeconds > bound) throw failure(412, "412 Precondition Failed");
}
