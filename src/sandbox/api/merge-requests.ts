import { accessLevels, hasRole } from "../auth/access";
import type { Call } from "../http/call";
import { conflict, forbidden, notFound } from "../http/errors";
import { pageParams, paginate } from "../http/pagination";
import { created, ok, type Reply } from "../http/reply";
import { route, type Route } from "../http/route";
import { headOf, mergeRequestBasicJson, mergeRequestJson } from "../json/merge-request";
import type { ParamsOf } from "../params/read";
import { integer, integerList, oneOf, required, string, withDefault } from "../params/types";
import type { MergeRequest, Project } from "../state/rows";
import { findProject, requireRole } from "./find";

/** The merge request of a path that the caller may read; guests may not, in a private project. */
export function findMergeRequest(call: Call): MergeRequest {
  const project = findProject(call);
  const iid = Number(call.path["iid"]);
  const request = requestsOf(call, project).find((candidate) => candidate.iid === iid);
  if (request === undefined || !mayRead(call, project)) throw notFound("MergeRequest");
  return request;
}

function mayRead({ instance, caller }: Call, { id, visibility }: Project): boolean {
  const source = { type: "project", id } as const;
  return visibility !== "private" || hasRole(instance, caller, source, accessLevels.planner);
}

function mayReadCode({ instance, caller }: Call, { id, visibility }: Project): boolean {
  const source = { type: "project", id } as const;
  return visibility !== "private" || hasRole(instance, caller, source, accessLevels.reporter);
}

function requestsOf({ instance }: Call, { id }: Project): MergeRequest[] {
  return instance.store.mergeRequestsByProject.all(id);
}

const listParams = {
  ...pageParams,
  state: withDefault(oneOf("opened", "closed", "locked", "merged", "all"), "all"),
  iids: integerList(),
  author_id: integer(),
  author_username: string(),
  source_branch: string(),
  target_branch: string(),
  search: string(),
  order_by: withDefault(oneOf("created_at", "updated_at", "title"), "created_at"),
  sort: withDefault(oneOf("asc", "desc"), "desc"),
};

type ListParams = ParamsOf<typeof listParams>;

function listMergeRequests(call: Call, params: ListParams): Reply {
  const { instance, caller } = call;
  const project = findProject(call);
  if (!mayRead(call, project)) throw forbidden();
  const { order_by, sort } = params;
  const sign = sort === "asc" ? 1 : -1;
  const rows = requestsOf(call, project)
    .filter((request) => isWanted(call, request, params))
    .sort((a, b) => {
      const [left, right] = [a[order_by], b[order_by]];
      return sign * (left < right ? -1 : left > right ? 1 : a.id - b.id);
    });
  return paginate(call, params, rows, (row) => mergeRequestBasicJson(instance, caller, row));
}

/** All of them stay open. */
function isWanted({ instance }: Call, request: MergeRequest, params: ListParams): boolean {
  const { state, iids, author_id, author_username, source_branch, target_branch } = params;
  const search = params.search?.toLowerCase() ?? "";
  const author = instance.store.users.get(request.author_id)?.username;
  return (
    (state === "all" || state === "opened") &&
    (iids === undefined || iids.includes(request.iid)) &&
    (author_id === undefined || request.author_id === author_id) &&
    (author_username === undefined || author === author_username) &&
    (source_branch === undefined || request.source_branch === source_branch) &&
    (target_branch === undefined || request.target_branch === target_branch) &&
    [request.title, request.description].some((text) => text?.toLowerCase().includes(search))
  );
}

/** The merge requests of a commit. There is no repository: a commit is known by being the head of a source branch. */
function listOfCommit(call: Call, params: ParamsOf<typeof pageParams>): Reply {
  const { instance, caller } = call;
  const project = findProject(call);
  if (!mayReadCode(call, project)) throw forbidden();
  const rows = requestsOf(call, project).filter((row) => headOf(row) === call.path["sha"]);
  return paginate(call, params, rows, (row) => mergeRequestBasicJson(instance, caller, row));
}

const createParams = {
  title: required(string()),
  source_branch: required(string()),
  target_branch: required(string()),
  description: string(),
};

function createMergeRequest(call: Call, params: ParamsOf<typeof createParams>): Reply {
  const { instance, caller } = call;
  const project = findProject(call);
  const requests = requestsOf(call, project);
  const same = requests.find(({ source_branch }) => source_branch === params.source_branch);
  if (same !== undefined) {
    throw conflict([
      `Another open merge request already exists for this source branch: !${same.iid}`,
    ]);
  }
  const now = instance.clock.now();
  const request = instance.store.mergeRequests.insert({
    project_id: project.id,
    iid: requests.length + 1,
    title: params.title,
    description: params.description ?? null,
    source_branch: params.source_branch,
    target_branch: params.target_branch,
    author_id: caller.user.id,
    created_at: now,
    updated_at: now,
  });
  return created(mergeRequestJson(instance, caller, request));
}

function requireDeveloper(call: Call): void {
  const { id } = findProject(call);
  requireRole(call, { type: "project", id }, accessLevels.developer);
}

/** Merge requests, as far as notes need them: there is no repository, and any branch name is accepted. */
export const mergeRequestRoutes: Route[] = [
  route({
    method: "GET",
    path: "/projects/:id/merge_requests",
    params: listParams,
    handle: listMergeRequests,
  }),
  route({
    method: "POST",
    path: "/projects/:id/merge_requests",
    before: requireDeveloper,
    params: createParams,
    handle: createMergeRequest,
  }),
  route({
    method: "GET",
    path: "/projects/:id/repository/commits/:sha/merge_requests",
    params: pageParams,
    handle: listOfCommit,
  }),
  route({
    method: "GET",
    path: "/projects/:id/merge_requests/:iid",
    jobToken: ["request"],
    handle: (call) => ok(mergeRequestJson(call.instance, call.caller, findMergeRequest(call))),
  }),
];
