import { given, rule } from "./rule";

const hidden = { refusal: 404 } as const;
const mergeRequest = "/projects/:id/merge_requests";

export const mergeRequestRules = [
  rule(`GET ${mergeRequest}`, "planner"),
  rule(`POST ${mergeRequest}`, "developer", {
    body: given({ title: "t", source_branch: "new", target_branch: "main" }),
  }),
  rule("GET /projects/:id/repository/commits/:sha/merge_requests", "reporter"),
  rule(`GET ${mergeRequest}/:iid`, "planner", hidden),
  rule(`GET ${mergeRequest}/:iid/notes`, "planner", hidden),
  rule(`POST ${mergeRequest}/:iid/notes`, "planner", { ...hidden, body: given({ body: "note" }) }),
  rule(`GET ${mergeRequest}/:iid/notes/:note_id`, "planner", hidden),
  ...(["PUT", "DELETE"] as const).map((method) =>
    rule(`${method} ${mergeRequest}/:iid/notes/:note_id`, "maintainer", {
      body: given({ body: "other" }),
      except: { guest: 404 },
      remark: "and the author",
    }),
  ),
];

const issue = "/projects/:id/issues";

export const issueRules = [
  rule(`GET ${issue}`, "guest", { remark: "confidential ones from Planner" }),
  rule(`POST ${issue}`, "guest", {
    body: given({ title: "t" }),
    remark: "labels and people from Planner",
  }),
  rule(`GET ${issue}/:iid`, "guest"),
  rule(`PUT ${issue}/:iid`, "planner", {
    body: given({ state_event: "close" }),
    remark: "and the author",
  }),
  rule(`GET ${issue}/:iid/notes`, "guest", { remark: "internal ones from Planner" }),
  rule(`POST ${issue}/:iid/notes`, "guest", { body: given({ body: "note" }) }),
  rule(`GET ${issue}/:iid/notes/:note_id`, "guest"),
  ...(["PUT", "DELETE"] as const).map((method) =>
    rule(`${method} ${issue}/:iid/notes/:note_id`, "maintainer", {
      body: given({ body: "other" }),
      remark: "and the author",
    }),
  ),
];
