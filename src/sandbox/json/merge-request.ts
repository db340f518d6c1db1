import type { Caller } from "../http/call";
import type { Instance } from "../instance";
import type { MergeRequest, Note } from "../state/rows";
import { userBasicJson } from "./user";

/** A merge request, without what there would have to be a repository for. */
export function mergeRequestJson(instance: Instance, viewer: Caller, request: MergeRequest) {
  const { id, iid, project_id, title, description, source_branch, target_branch } = request;
  const project = instance.store.projects.get(project_id);
  return {
    id,
    iid,
    project_id,
    title,
    description,
    state: "opened",
    created_at: request.created_at,
    updated_at: request.updated_at,
    target_branch,
    source_branch,
    author: authorJson(instance, viewer, request.author_id),
    source_project_id: project_id,
    target_project_id: project_id,
    labels: [],
    draft: false,
    web_url: `${instance.url}/${project?.full_path ?? ""}/-/merge_requests/${iid}`,
  };
}

/** A note in a merge request. */
export function noteJson(instance: Instance, viewer: Caller, note: Note, request: MergeRequest) {
  const { id, body, project_id, internal, created_at, updated_at } = note;
  return {
    id,
    type: null,
    body,
    author: authorJson(instance, viewer, note.author_id),
    created_at,
    updated_at,
    system: false,
    noteable_id: request.id,
    noteable_type: "MergeRequest",
    project_id,
    resolvable: false,
    confidential: internal,
    internal,
    imported: false,
    imported_from: "none",
    noteable_iid: request.iid,
    commands_changes: {},
  };
}

function authorJson(instance: Instance, viewer: Caller, userId: number) {
  const user = instance.store.users.get(userId);
  return user === undefined ? null : userBasicJson(instance, user, viewer);
}
