import { accessLevels, hasRole } from "../auth/access";
import type { Call } from "../http/call";
import { conflict, forbidden, notFound, parameterError } from "../http/errors";
import { pageParams, paginate } from "../http/pagination";
import { created, ok, type Reply } from "../http/reply";
import { route, type Route } from "../http/route";
import { releaseJson } from "../json/release";
import type { ParamsOf } from "../params/read";
import { dateTime, oneOf, required, string, stringList, withDefault } from "../params/types";
import { hash } from "../params/hash";
import type { Release, ReleaseLink } from "../state/pipeline-rows";
import type { Project } from "../state/rows";
import { findProject, requireRole } from "./find";

const path = "/projects/:id/releases";
const jobToken = ["request"] as const;

/**
 * The project of a path whose releases the caller can see. Guests of a private project see releases, but not its tags.
 */
function projectFor(call: Call, level: number): Project {
  const project = findProject(call);
  const isOpen = level === accessLevels.guest && project.visibility !== "private";
  if (!isOpen) requireRole(call, { type: "project", id: project.id }, level);
  return project;
}

function releasesOf({ instance }: Call, project: Project): Release[] {
  return instance.store.releasesByProject.all(project.id);
}

/** A release, which like all code requires Reporter. */
function releaseOf(call: Call, level: number): { project: Project; release: Release } {
  const project = projectFor(call, level);
  const tag = call.path["tag_name"] ?? "";
  const release = releasesOf(call, project).find(({ tag_name }) => tag_name === tag);
  // A user who may not read code does not learn whether one exists.
  const source = { type: "project", id: project.id } as const;
  const readsCode =
    project.visibility !== "private" ||
    hasRole(call.instance, call.caller, source, accessLevels.reporter);
  if (!readsCode) throw forbidden();
  if (release === undefined) throw notFound();
  return { project, release };
}

const listParams = {
  ...pageParams,
  order_by: withDefault(oneOf("released_at", "created_at"), "released_at"),
  sort: withDefault(oneOf("asc", "desc"), "desc"),
};

function list(call: Call, params: ParamsOf<typeof listParams>): Reply {
  const project = projectFor(call, accessLevels.guest);
  const sign = params.sort === "asc" ? 1 : -1;
  const key = params.order_by;
  const rows = releasesOf(call, project).sort(
    (a, b) => sign * (a[key] < b[key] ? -1 : a[key] > b[key] ? 1 : a.id - b.id),
  );
  return paginate(call, params, rows, (release) =>
    releaseJson(call.instance, call.caller, project, release),
  );
}

const createParams = {
  tag_name: required(string()),
  tag_message: string(),
  name: string(),
  description: string(),
  ref: string(),
  assets: hash(),
  milestones: stringList(),
  released_at: dateTime(),
};

/** There is no repository: any tag counts as existing. */
function create(call: Call, params: ParamsOf<typeof createParams>): Reply {
  const { instance, caller } = call;
  const project = projectFor(call, accessLevels.developer);
  const { tag_name, name = tag_name, description = null } = params;
  if (releasesOf(call, project).some((release) => release.tag_name === tag_name)) {
    throw conflict("Release already exists");
  }
  const now = instance.clock.now();
  const release = instance.store.releases.insert({
    project_id: project.id,
    tag_name,
    name,
    description,
    author_id: caller.user.id,
    links: readLinks(params.assets?.["links"]),
    created_at: now,
    released_at: params.released_at ?? now,
  });
  return created(releaseJson(instance, caller, project, release));
}

/** Links come with a release as a list of objects, or numbered in a form. */
function readLinks(value: unknown): ReleaseLink[] {
  const items: unknown[] = typeof value === "object" ? Object.values(value ?? {}) : [];
  return items.map((item, index) => {
    const given = (item ?? {}) as Readonly<Record<string, unknown>>;
    const { name, url, link_type } = given;
    const problems = Object.entries({ name, url })
      .filter(([, text]) => typeof text !== "string")
      .map(([key]) => `assets[links][${index}][${key}] is missing`);
    if (problems.length > 0) throw parameterError(problems.join(", "));
    const direct = given["direct_asset_path"] ?? given["filepath"];
    return {
      id: index + 1,
      name: String(name),
      url: String(url),
      direct_asset_path: typeof direct === "string" ? direct : null,
      link_type: typeof link_type === "string" ? link_type : "other",
    };
  });
}

const updateParams = { name: string(), description: string(), released_at: dateTime() };

function update(call: Call, params: ParamsOf<typeof updateParams>): Reply {
  const { project, release } = releaseOf(call, accessLevels.developer);
  const given = Object.entries(params).filter(([, value]) => value !== undefined);
  call.instance.store.releases.update(release, Object.fromEntries(given));
  return ok(releaseJson(call.instance, call.caller, project, release));
}

function remove(call: Call): Reply {
  const { project, release } = releaseOf(call, accessLevels.developer);
  call.instance.store.releases.delete(release);
  return ok(releaseJson(call.instance, call.caller, project, release));
}

/** Releases, which jobs create with their token. */
export const releaseRoutes: Route[] = [
  route({ method: "GET", path, jobToken, params: listParams, handle: list }),
  route({ method: "POST", path, jobToken, params: createParams, handle: create }),
  route({
    method: "GET",
    path: `${path}/:tag_name`,
    jobToken,
    handle(call) {
      const { project, release } = releaseOf(call, accessLevels.guest);
      return ok(releaseJson(call.instance, call.caller, project, release));
    },
  }),
  route({
    method: "PUT",
    path: `${path}/:tag_name`,
    jobToken,
    params: updateParams,
    handle: update,
  }),
  route({ method: "DELETE", path: `${path}/:tag_name`, jobToken, handle: remove }),
];
