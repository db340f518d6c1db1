import type { Caller } from "../http/call";
import type { Instance } from "../instance";
import type { Issue } from "../state/rows";
import { authorJson } from "./note";

const effort = {
  time_stats: {
    time_estimate: 0,
    total_time_spent: 0,
    human_time_estimate: null,
    human_total_time_spent: null,
  },
  task_completion_status: { count: 0, completed_count: 0 },
};

const origin = { moved_to_id: null, imported: false, imported_from: "none" };

/** Attributes that need a licence. */
const planning = { epic_iid: null, epic: null, iteration: null, health_status: null };

/** An issue. A single one also says whether its reader is subscribed. */
export function issueJson(
  instance: Instance,
  viewer: Caller,
  issue: Issue,
  { single }: { readonly single: boolean },
) {
  const { id, iid, project_id, title, description, state, created_at, updated_at } = issue;
  const { store, tier, url } = instance;
  const fullPath = store.projects.get(project_id)?.full_path ?? "";
  const person = (userId: number) => authorJson(instance, viewer, userId);
  const assignees = issue.assignee_ids.map(person).filter((user) => user !== null);
  const notes = store.notesByIssue.all(id).filter(({ internal }) => !internal);
  const isLicensed = tier !== "free";
  return {
    ...{ id, iid, project_id, title, description, state, created_at, updated_at },
    closed_at: issue.closed_at,
    closed_by: issue.closed_by_id === null ? null : person(issue.closed_by_id),
    labels: issue.labels,
    milestone: null,
    assignees,
    author: person(issue.author_id),
    type: "ISSUE",
    assignee: assignees[0] ?? null,
    user_notes_count: notes.length,
    merge_requests_count: 0,
    upvotes: 0,
    downvotes: 0,
    due_date: issue.due_date,
    confidential: issue.confidential,
    discussion_locked: null,
    issue_type: "issue",
    web_url: `${url}/${fullPath}/-/issues/${iid}`,
    ...effort,
    ...(isLicensed ? { weight: null } : {}),
    blocking_issues_count: 0,
    has_tasks: false,
    _links: linksJson(`${url}/api/v4/projects/${project_id}`, iid),
    references: { short: `#${iid}`, relative: `#${iid}`, full: `${fullPath}#${iid}` },
    severity: "UNKNOWN",
    ...(single ? { subscribed: viewer.user.id === issue.author_id } : {}),
    ...origin,
    service_desk_reply_to: null,
    ...(isLicensed ? planning : {}),
  };
}

function linksJson(project: string, iid: number) {
  const self = `${project}/issues/${iid}`;
  const [notes, award_emoji] = [`${self}/notes`, `${self}/award_emoji`];
  return { self, notes, award_emoji, project, closed_as_duplicate_of: null };
}
