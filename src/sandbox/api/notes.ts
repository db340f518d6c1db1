import { accessLevels, hasRole } from "../auth/access";
import type { Call } from "../http/call";
import { badRequest, forbidden, recordNotFound } from "../http/errors";
import { pageParams, paginate } from "../http/pagination";
import { created, ok, type Reply } from "../http/reply";
import { route, type Route } from "../http/route";
import { noteJson } from "../json/merge-request";
import type { ParamsOf } from "../params/read";
import { boolean, oneOf, required, string, withDefault } from "../params/types";
import type { MergeRequest, Note } from "../state/rows";
import { findMergeRequest } from "./merge-requests";

const LONGEST_NOTE = 1_000_000;

const listParams = {
  ...pageParams,
  order_by: withDefault(oneOf("created_at", "updated_at"), "created_at"),
  sort: withDefault(oneOf("asc", "desc"), "desc"),
};

function listNotes(call: Call, params: ParamsOf<typeof listParams>): Reply {
  const { instance, caller } = call;
  const request = findMergeRequest(call);
  const sign = params.sort === "asc" ? 1 : -1;
  const key = params.order_by;
  const notes = instance.store.notesByMergeRequest
    .all(request.id)
    .filter((note) => !note.internal || isPlanner(call, request))
    .sort((a, b) => sign * (a[key] < b[key] ? -1 : a[key] > b[key] ? 1 : a.id - b.id));
  return paginate(call, params, notes, (note) => noteJson(instance, caller, note, request));
}

function isPlanner({ instance, caller }: Call, { project_id }: MergeRequest): boolean {
  return hasRole(instance, caller, { type: "project", id: project_id }, accessLevels.planner);
}

const createParams = {
  body: required(string()),
  internal: withDefault(boolean(), false),
};

function createNote(call: Call, params: ParamsOf<typeof createParams>): Reply {
  const { instance, caller } = call;
  const request = findMergeRequest(call);
  requireGoodBody(params.body);
  const now = instance.clock.now();
  const note = instance.store.notes.insert({
    project_id: request.project_id,
    merge_request_id: request.id,
    author_id: caller.user.id,
    body: params.body,
    internal: params.internal && isPlanner(call, request),
    created_at: now,
    updated_at: now,
  });
  return created(noteJson(instance, caller, note, request));
}

const updateParams = { body: string() };

function updateNote(call: Call, params: ParamsOf<typeof updateParams>): Reply {
  const { instance, caller } = call;
  const request = findMergeRequest(call);
  const note = findNote(call, request);
  requireAuthority(call, note);
  const body = params.body ?? note.body;
  requireGoodBody(body);
  instance.store.notes.update(note, { body, updated_at: instance.clock.now() });
  return ok(noteJson(instance, caller, note, request));
}

function findNote(call: Call, request: MergeRequest): Note {
  const note = call.instance.store.notes.get(Number(call.path["note_id"]));
  if (note?.merge_request_id !== request.id) throw recordNotFound();
  return note;
}

/** A note is its author's, and Maintainers may change everybody's. */
function requireAuthority({ instance, caller }: Call, note: Note): void {
  const source = { type: "project", id: note.project_id } as const;
  const isAuthor = note.author_id === caller.user.id;
  if (!isAuthor && !hasRole(instance, caller, source, accessLevels.maintainer)) throw forbidden();
}

function requireGoodBody(body: string): void {
  if (body.trim() === "") throw badRequest(`Note {:note=>["can't be blank"]}`);
  if ([...body].length > LONGEST_NOTE) {
    throw badRequest(`Note {:note=>["is too long (maximum is ${LONGEST_NOTE} characters)"]}`);
  }
}

/** Notes on merge requests. */
export const noteRoutes: Route[] = [
  route({
    method: "GET",
    path: "/projects/:id/merge_requests/:iid/notes",
    jobToken: ["request"],
    params: listParams,
    handle: listNotes,
  }),
  route({
    method: "POST",
    path: "/projects/:id/merge_requests/:iid/notes",
    params: createParams,
    handle: createNote,
  }),
  route({
    method: "PUT",
    path: "/projects/:id/merge_requests/:iid/notes/:note_id",
    params: updateParams,
    handle: updateNote,
  }),
];
