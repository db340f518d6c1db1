import type { Caller } from "../http/call";
import type { Instance } from "../instance";
import type { Note } from "../state/rows";
import { userBasicJson } from "./user";

/** The object of a note. */
export interface Noteable {
  readonly type: "MergeRequest" | "Issue";
  readonly id: number;
  readonly iid: number;
  readonly project_id: number;
  readonly author_id: number;
}

/** A note on a merge request or an issue. */
export function noteJson(instance: Instance, viewer: Caller, note: Note, noteable: Noteable) {
  const { id, body, project_id, internal, created_at, updated_at } = note;
  return {
    id,
    type: null,
    body,
    author: authorJson(instance, viewer, note.author_id),
    created_at,
    updated_at,
    system: false,
    noteable_id: noteable.id,
    noteable_type: noteable.type,
    project_id,
    resolvable: false,
    confidential: internal,
    internal,
    imported: false,
    imported_from: "none",
    noteable_iid: noteable.iid,
    commands_changes: {},
  };
}

/** Null if the user is gone. */
export function authorJson(instance: Instance, viewer: Caller, userId: number) {
  const user = instance.store.users.get(userId);
  return user === undefined ? null : userBasicJson(instance, user, viewer);
}
