import { accessLevels, hasRole } from "../auth/access";
import type { Call } from "../http/call";
import { conflict, notFound } from "../http/errors";
import { created, ok, type Reply } from "../http/reply";
import { route, type Route } from "../http/route";
import { mergeRequestJson } from "../json/merge-request";
import type { ParamsOf } from "../params/read";
import { required, string } from "../params/types";
import type { MergeRequest, Project } from "../state/rows";
import { findProject, requireRole } from "./find";

/** The merge request of a path that the caller may read; guests may not, in a private project. */
export function findMergeRequest(call: Call): MergeRequest {
  const { instance, caller } = call;
  const project = findProject(call);
  const iid = Number(call.path["iid"]);
  const request = requestsOf(call, project).find((candidate) => candidate.iid === iid);
  const source = { type: "project", id: project.id } as const;
  const mayRead =
    project.visibility !== "private" || hasRole(instance, caller, source, accessLevels.planner);
  if (request === undefined || !mayRead) throw notFound("MergeRequest");
  return request;
}

function requestsOf({ instance }: Call, { id }: Project): MergeRequest[] {
  return instance.store.mergeRequestsByProject.all(id);
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

/** Merge requests, as far as notes need them: there is no repository, and any name will do for a branch. */
export const mergeRequestRoutes: Route[] = [
  route({
    method: "POST",
    path: "/projects/:id/merge_requests",
    before: requireDeveloper,
    params: createParams,
    handle: createMergeRequest,
  }),
  route({
    method: "GET",
    path: "/projects/:id/merge_requests/:iid",
    jobToken: ["request"],
    handle: (call) => ok(mergeRequestJson(call.instance, call.caller, findMergeRequest(call))),
  }),
];
