import { createHash } from "node:crypto";
import { accessLevels, hasRole } from "../auth/access";
import type { Caller } from "../http/call";
import type { Instance } from "../instance";
import type { MergeRequest } from "../state/rows";
import { authorJson } from "./note";

const closing = {
  merged_by: null,
  merge_user: null,
  merged_at: null,
  closed_by: null,
  closed_at: null,
};

const people = { assignees: [], assignee: null, reviewers: [] };

const merging = {
  draft: false,
  imported: false,
  imported_from: "none",
  work_in_progress: false,
  milestone: null,
  merge_when_pipeline_succeeds: false,
  merge_status: "can_be_merged",
  detailed_merge_status: "mergeable",
  merge_after: null,
};

const outcome = {
  merge_commit_sha: null,
  squash_commit_sha: null,
  discussion_locked: null,
  should_remove_source_branch: null,
  force_remove_source_branch: null,
};

const progress = {
  time_stats: {
    time_estimate: 0,
    total_time_spent: 0,
    human_time_estimate: null,
    human_total_time_spent: null,
  },
  squash: false,
  squash_on_merge: false,
  task_completion_status: { count: 0, completed_count: 0 },
  has_conflicts: false,
  blocking_discussions_resolved: true,
};

const pipelines = {
  changes_count: null,
  latest_build_started_at: null,
  latest_build_finished_at: null,
  first_deployed_to_production_at: null,
  pipeline: null,
  head_pipeline: null,
};

/** A stable commit name, although there is no commit. */
function shaOf(text: string): string {
  return createHash("sha1").update(text).digest("hex");
}

/** Of the source branch, as if each had one commit. */
export function headOf({ project_id, source_branch }: MergeRequest): string {
  return shaOf(`${project_id} ${source_branch}`);
}

function referencesOf(iid: number, fullPath: string) {
  const short = `!${iid}`;
  return { reference: short, references: { short, relative: short, full: fullPath + short } };
}

/** A merge request in a list, with the values of a fresh one for everything that needs a repository. */
export function mergeRequestBasicJson(instance: Instance, viewer: Caller, request: MergeRequest) {
  const { id, iid, project_id, title, description, source_branch, target_branch } = request;
  const { created_at, updated_at, author_id } = request;
  const { store, tier, url } = instance;
  const fullPath = store.projects.get(project_id)?.full_path ?? "";
  const notes = store.notesByMergeRequest.all(id);
  return {
    ...{ id, iid, project_id, title, description, state: "opened", created_at, updated_at },
    ...closing,
    target_branch,
    source_branch,
    user_notes_count: notes.filter(({ internal }) => !internal).length,
    upvotes: 0,
    downvotes: 0,
    author: authorJson(instance, viewer, author_id),
    ...people,
    source_project_id: project_id,
    target_project_id: project_id,
    labels: [],
    ...merging,
    sha: headOf(request),
    ...outcome,
    prepared_at: created_at,
    ...referencesOf(iid, fullPath),
    web_url: `${url}/${fullPath}/-/merge_requests/${iid}`,
    ...progress,
    ...(tier === "free" ? {} : { approvals_before_merge: null }),
  };
}

/** A single merge request. */
export function mergeRequestJson(instance: Instance, viewer: Caller, request: MergeRequest) {
  const { project_id, target_branch, author_id } = request;
  const source = { type: "project", id: project_id } as const;
  const head = headOf(request);
  const base = shaOf(`${project_id} ${target_branch}`);
  return {
    ...mergeRequestBasicJson(instance, viewer, request),
    subscribed: viewer.user.id === author_id,
    ...pipelines,
    diff_refs: { base_sha: base, head_sha: head, start_sha: base },
    merge_error: null,
    first_contribution: false,
    user: { can_merge: hasRole(instance, viewer, source, accessLevels.maintainer) },
  };
}
