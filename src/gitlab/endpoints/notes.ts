import type { GitLabClient } from "../client";
import type { NoteEntity } from "./entities";
import { NOTE } from "./shapes";

/** A merge request, by its number within the project. */
export interface MergeRequestAddress {
  /** The project's id or path. */
  readonly project: string;
  readonly iid: string;
}

const ROUTE = "/projects/:project/merge_requests/:iid/notes";

/**
 * Notes of users and jobs on merge requests.
 * @see https://docs.gitlab.com/api/notes/#merge-requests
 */
export class NoteEndpoints {
  constructor(private readonly client: GitLabClient) {}

  /** Oldest first. */
  list(address: MergeRequestAddress): Promise<NoteEntity[]> {
    const query = { sort: "asc", order_by: "created_at" };
    return this.client.list({
      shape: NOTE,
      method: "GET",
      route: ROUTE,
      params: { ...address },
      query,
    });
  }

  create(address: MergeRequestAddress, body: string): Promise<NoteEntity> {
    return this.client.one({
      shape: NOTE,
      method: "POST",
      route: ROUTE,
      params: { ...address },
      body: { body },
    });
  }

  update(address: MergeRequestAddress, noteId: number, body: string): Promise<NoteEntity> {
    return this.client.one({
      shape: NOTE,
      method: "PUT",
      route: `${ROUTE}/:note_id`,
      params: { ...address, note_id: noteId },
      body: { body },
    });
  }
}
