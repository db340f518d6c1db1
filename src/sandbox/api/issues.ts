import { accessLevels, hasRole } from "../auth/access";
import type { Call } from "../http/call";
import { forbidden, invalidRecord, recordNotFound, type ApiError } from "../http/errors";
import { pageParams, paginate } from "../http/pagination";
import { created, ok, type Reply } from "../http/reply";
import { route, type Route } from "../http/route";
import { issueJson } from "../json/issue";
import type { ParamsOf } from "../params/read";
import {
  atLeastOneOf,
  boolean,
  date,
  dateTime,
  integer,
  integerList,
  oneOf,
  required,
  string,
  stringList,
  withDefault,
} from "../params/types";
import type { Issue, Project } from "../state/rows";
import { findProject, requireRole } from "./find";

const longestTitle = 255;
const longestDescription = 1_048_576;

/** The issue of a path that the caller may read. */
export function findIssue(call: Call, missing: () => ApiError = recordNotFound): Issue {
  const { id } = findProject(call);
  const iid = Number(call.path["iid"]);
  const issues = call.instance.store.issuesByProject.all(id);
  const issue = issues.find((candidate) => candidate.iid === iid);
  if (issue === undefined || !mayRead(call, issue)) throw missing();
  return issue;
}

/** Users with planning rights may change what others have written. */
function isPlanner({ instance, caller }: Call, projectId: number): boolean {
  return hasRole(instance, caller, { type: "project", id: projectId }, accessLevels.planner);
}

/** Confidential issues are visible to members with planning rights, their authors and their assignees. */
function mayRead(call: Call, { confidential, project_id, author_id, assignee_ids }: Issue) {
  const { id } = call.caller.user;
  return (
    !confidential || isPlanner(call, project_id) || author_id === id || assignee_ids.includes(id)
  );
}

const listParams = {
  ...pageParams,
  state: withDefault(oneOf("opened", "closed", "all"), "all"),
  labels: stringList(),
  iids: integerList(),
  author_id: integer(),
  author_username: string(),
  assignee_id: integer(),
  search: string(),
  in: string(),
  confidential: boolean(),
  created_after: dateTime(),
  created_before: dateTime(),
  updated_after: dateTime(),
  updated_before: dateTime(),
  scope: withDefault(oneOf("created_by_me", "assigned_to_me", "all"), "all"),
  order_by: withDefault(oneOf("created_at", "updated_at", "title", "due_date"), "created_at"),
  sort: withDefault(oneOf("asc", "desc"), "desc"),
};

type ListParams = ParamsOf<typeof listParams>;

function listIssues(call: Call, params: ListParams): Reply {
  const { instance, caller } = call;
  const { id } = findProject(call);
  const sign = params.sort === "asc" ? 1 : -1;
  const key = (issue: Issue) => issue[params.order_by] ?? "";
  const rows = instance.store.issuesByProject
    .all(id)
    .filter((issue) => mayRead(call, issue) && isWanted(call, issue, params))
    .sort((a, b) => sign * (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.id - b.id));
  return paginate(call, params, rows, (row) => issueJson(instance, caller, row, { single: false }));
}

function isWanted({ instance, caller }: Call, issue: Issue, params: ListParams): boolean {
  const { state, iids, author_id, assignee_id, author_username, confidential, scope } = params;
  const author = instance.store.users.get(issue.author_id)?.username;
  const isBetween = (value: string, after = "", before = "~") => value >= after && value <= before;
  return (
    (state === "all" || state === issue.state) &&
    (iids === undefined || iids.includes(issue.iid)) &&
    (author_id === undefined || author_id === issue.author_id) &&
    (author_username === undefined || author_username === author) &&
    (assignee_id === undefined || issue.assignee_ids.includes(assignee_id)) &&
    (confidential === undefined || confidential === issue.confidential) &&
    (scope !== "created_by_me" || issue.author_id === caller.user.id) &&
    (scope !== "assigned_to_me" || issue.assignee_ids.includes(caller.user.id)) &&
    isBetween(issue.created_at, params.created_after, params.created_before) &&
    isBetween(issue.updated_at, params.updated_after, params.updated_before) &&
    hasLabels(issue, params.labels) &&
    matchesSearch(issue, params)
  );
}

/** Every requested label. `None` and `Any` select issues without or with labels. */
function hasLabels({ labels }: Issue, wanted: readonly string[] = []): boolean {
  return wanted.every((label) => {
    if (/^none$/i.test(label)) return labels.length === 0;
    return /^any$/i.test(label) ? labels.length > 0 : labels.includes(label);
  });
}

function matchesSearch({ title, description }: Issue, params: ListParams): boolean {
  const text = params.search?.toLowerCase() ?? "";
  const places = (params.in ?? "title,description").split(",");
  const shown = { title, description: description ?? "" };
  return (["title", "description"] as const).some(
    (place) => places.includes(place) && shown[place].toLowerCase().includes(text),
  );
}

const contents = {
  description: string(),
  labels: stringList(),
  assignee_id: integer(),
  assignee_ids: integerList(),
  confidential: boolean(),
  due_date: date(),
};

const createParams = { title: required(string()), ...contents };

function createIssue(call: Call, params: ParamsOf<typeof createParams>): Reply {
  const { instance, caller } = call;
  const project = findProject(call);
  requireGood(params.title, params.description);
  const isFree = isPlanner(call, project.id);
  const now = instance.clock.now();
  const issue = instance.store.issues.insert({
    project_id: project.id,
    iid: nextNumber(call, project),
    title: params.title,
    description: params.description ?? null,
    state: "opened",
    // Only users with planning rights may set labels and assignees; for others they are dropped silently.
    labels: isFree ? sorted(params.labels ?? []) : [],
    assignee_ids: isFree ? assigneesOf(call, params) : [],
    confidential: params.confidential ?? false,
    due_date: isFree ? (params.due_date ?? null) : null,
    author_id: caller.user.id,
    closed_at: null,
    closed_by_id: null,
    created_at: now,
    updated_at: now,
  });
  return created(issueJson(instance, caller, issue, { single: true }));
}

function nextNumber({ instance }: Call, { id }: Project): number {
  return Math.max(0, ...instance.store.issuesByProject.all(id).map(({ iid }) => iid)) + 1;
}

function sorted(labels: readonly string[]): string[] {
  return [...new Set(labels.map((label) => label.trim()).filter((label) => label !== ""))].sort();
}

type People = Pick<ParamsOf<typeof contents>, "assignee_id" | "assignee_ids">;

/** Without a licence, an issue has one assignee. */
function assigneesOf({ instance }: Call, { assignee_id, assignee_ids }: People): number[] {
  const wanted = assignee_ids ?? (assignee_id === undefined ? [] : [assignee_id]);
  const known = wanted.filter((id) => instance.store.users.get(id) !== undefined);
  return instance.tier === "free" ? known.slice(0, 1) : known;
}

function requireGood(title: string, description = ""): void {
  const tooLong = (text: string, most: number) =>
    [...text].length > most ? [`is too long (maximum is ${most} characters)`] : [];
  const problems = {
    title: title.trim() === "" ? ["can't be blank"] : tooLong(title, longestTitle),
    description: tooLong(description, longestDescription),
  };
  const found = Object.entries(problems).filter(([, texts]) => texts.length > 0);
  if (found.length > 0) throw invalidRecord(Object.fromEntries(found));
}

const updateParams = {
  title: string(),
  ...contents,
  add_labels: stringList(),
  remove_labels: stringList(),
  state_event: oneOf("reopen", "close"),
  any: atLeastOneOf(
    ...["title", "description", "labels", "add_labels", "remove_labels", "assignee_id"],
    ...["assignee_ids", "confidential", "due_date", "state_event"],
  ),
};

type Changes = ParamsOf<typeof updateParams>;

function updateIssue(call: Call, changes: Changes): Reply {
  const { instance, caller } = call;
  const issue = findIssue(call);
  const isFree = isPlanner(call, issue.project_id);
  if (!isFree && issue.author_id !== caller.user.id) throw forbidden();
  const { title = issue.title, description = issue.description } = changes;
  requireGood(title, description ?? undefined);
  instance.store.issues.update(issue, {
    title,
    description,
    ...(isFree ? plannedChanges(call, issue, changes) : {}),
    ...stateChange(call, issue, changes.state_event),
    updated_at: instance.clock.now(),
  });
  return ok(issueJson(instance, caller, issue, { single: true }));
}

function plannedChanges(call: Call, issue: Issue, changes: Changes): Partial<Issue> {
  const { labels, add_labels = [], remove_labels = [], assignee_id, assignee_ids } = changes;
  const kept = (labels ?? issue.labels).filter((label) => !remove_labels.includes(label));
  const hasPeople = assignee_id !== undefined || assignee_ids !== undefined;
  return {
    labels: sorted([...kept, ...add_labels]),
    assignee_ids: hasPeople ? assigneesOf(call, changes) : issue.assignee_ids,
    confidential: changes.confidential ?? issue.confidential,
    due_date: changes.due_date ?? issue.due_date,
  };
}

function stateChange(
  { instance, caller }: Call,
  issue: Issue,
  event: Changes["state_event"],
): Partial<Issue> {
  if (event === "close" && issue.state === "opened") {
    return { state: "closed", closed_at: instance.clock.now(), closed_by_id: caller.user.id };
  }
  return event === "reopen" ? { state: "opened", closed_at: null, closed_by_id: null } : {};
}

function requireGuest(call: Call): void {
  const { id } = findProject(call);
  requireRole(call, { type: "project", id }, accessLevels.guest);
}

const base = "/projects/:id/issues";

/** Issues of a project, without boards, epics and links. */
export const issueRoutes: Route[] = [
  route({ method: "GET", path: base, params: listParams, handle: listIssues }),
  route({
    method: "POST",
    path: base,
    before: requireGuest,
    params: createParams,
    handle: createIssue,
  }),
  route({
    method: "GET",
    path: `${base}/:iid`,
    handle: (call) => ok(issueJson(call.instance, call.caller, findIssue(call), { single: true })),
  }),
  route({ method: "PUT", path: `${base}/:iid`, params: updateParams, handle: updateIssue }),
];
