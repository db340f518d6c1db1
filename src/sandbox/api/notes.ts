import { accessLevels, hasRole } from "../auth/access";
import type { Call } from "../http/call";
import { badRequest, forbidden, notFound, recordNotFound } from "../http/errors";
import { pageParams, paginate } from "../http/pagination";
import { created, noContent, ok, type Reply } from "../http/reply";
import { route, type Route } from "../http/route";
import { noteJson, type Noteable } from "../json/note";
import type { ParamsOf } from "../params/read";
import { boolean, oneOf, required, string, withDefault } from "../params/types";
import type { Note } from "../state/rows";
import { requireUnmodified } from "./find";
import { findIssue } from "./issues";
import { findMergeRequest } from "./merge-requests";

const LONGEST_NOTE = 1_000_000;

const listParams = {
  ...pageParams,
  order_by: withDefault(oneOf("created_at", "updated_at"), "created_at"),
  sort: withDefault(oneOf("asc", "desc"), "desc"),
};

function mergeRequestOf(call: Call): Noteable {
  return { type: "MergeRequest", ...findMergeRequest(call) };
}

function issueOf(call: Call): Noteable {
  return { type: "Issue", ...findIssue(call, () => notFound("Issue")) };
}

function notesOf({ instance: { store } }: Call, { type, id }: Noteable): Note[] {
  return type === "Issue" ? store.notesByIssue.all(id) : store.notesByMergeRequest.all(id);
}

function listNotes(call: Call, on: Noteable, params: ParamsOf<typeof listParams>): Reply {
  const { instance, caller } = call;
  const sign = params.sort === "asc" ? 1 : -1;
  const key = params.order_by;
  const notes = notesOf(call, on)
    .filter((note) => !note.internal || isPlanner(call, on))
    .sort((a, b) => sign * (a[key] < b[key] ? -1 : a[key] > b[key] ? 1 : a.id - b.id));
  return paginate(call, params, notes, (note) => noteJson(instance, caller, note, on));
}

function isPlanner({ instance, caller }: Call, { project_id }: Noteable): boolean {
  return hasRole(instance, caller, { type: "project", id: project_id }, accessLevels.planner);
}

const createParams = {
  body: required(string()),
  internal: withDefault(boolean(), false),
};

function createNote(call: Call, on: Noteable, params: ParamsOf<typeof createParams>): Reply {
  const { instance, caller } = call;
  requireGoodBody(params.body);
  const now = instance.clock.now();
  const note = instance.store.notes.insert({
    project_id: on.project_id,
    merge_request_id: on.type === "MergeRequest" ? on.id : null,
    issue_id: on.type === "Issue" ? on.id : null,
    author_id: caller.user.id,
    body: params.body,
    internal: params.internal && isPlanner(call, on),
    created_at: now,
    updated_at: now,
  });
  return created(noteJson(instance, caller, note, on));
}

const updateParams = { body: string() };

function updateNote(call: Call, on: Noteable, params: ParamsOf<typeof updateParams>): Reply {
  const { instance, caller } = call;
  const note = findNote(call, on);
  requireAuthority(call, note);
  const body = params.body ?? note.body;
  requireGoodBody(body);
  instance.store.notes.update(note, { body, updated_at: instance.clock.now() });
  return ok(noteJson(instance, caller, note, on));
}

/** Internal notes are visible to some users only. */
function findNote(call: Call, on: Noteable): Note {
  const note = call.instance.store.notes.get(Number(call.path["note_id"]));
  const owner = on.type === "Issue" ? note?.issue_id : note?.merge_request_id;
  if (note === undefined || owner !== on.id || (note.internal && !isPlanner(call, on))) {
    throw recordNotFound();
  }
  return note;
}

/** A note belongs to its author; Maintainers may change every note. */
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

function routesFor(place: string, find: (call: Call) => Noteable): Route[] {
  const base = `/projects/:id/${place}/:iid/notes`;
  return [
    route({
      method: "GET",
      path: base,
      jobToken: place === "merge_requests" ? ["request"] : [],
      params: listParams,
      handle: (call, params) => listNotes(call, find(call), params),
    }),
    route({
      method: "POST",
      path: base,
      params: createParams,
      handle: (call, params) => createNote(call, find(call), params),
    }),
    route({
      method: "GET",
      path: `${base}/:note_id`,
      handle(call) {
        const on = find(call);
        return ok(noteJson(call.instance, call.caller, findNote(call, on), on));
      },
    }),
    route({
      method: "PUT",
      path: `${base}/:note_id`,
      params: updateParams,
      handle: (call, params) => updateNote(call, find(call), params),
    }),
    route({
      method: "DELETE",
      path: `${base}/:note_id`,
      handle(call) {
        const note = findNote(call, find(call));
        requireAuthority(call, note);
        requireUnmodified(call, note.updated_at);
        call.instance.store.notes.delete(note);
        return noContent();
      },
    }),
  ];
}

/** Notes on merge requests and issues. */
export const noteRoutes: Route[] = [
  ...routesFor("merge_requests", mergeRequestOf),
  ...routesFor("issues", issueOf),
];
