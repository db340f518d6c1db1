import type { GitLabClient } from "../client";
import type { IssueEntity, NoteEntity } from "./entities";
import { ISSUE, NOTE } from "./shapes";

export interface IssueFields {
  readonly title?: string;
  readonly description?: string;
  /** Visible only to members with at least the role Planner, the author and the assignees. */
  readonly confidential?: boolean;
  readonly labels?: string;
  readonly state_event?: "close" | "reopen";
}

const ROUTE = "/projects/:project/issues";

/**
 * Issues of a project, which is named by id or path.
 * @see https://docs.gitlab.com/api/issues/
 */
export class IssueEndpoints {
  constructor(private readonly client: GitLabClient) {}

  /** Issues of one author with a label, open or closed, oldest first. */
  list(project: string, filter: { labels: string; author_id: number }): Promise<IssueEntity[]> {
    const query = { ...filter, order_by: "created_at", sort: "asc" };
    return this.client.list({
      shape: ISSUE,
      method: "GET",
      route: ROUTE,
      params: { project },
      query,
    });
  }

  create(project: string, fields: IssueFields): Promise<IssueEntity> {
    const call = { shape: ISSUE, method: "POST", route: ROUTE } as const;
    return this.client.one({ ...call, params: { project }, body: { ...fields } });
  }

  update(project: string, iid: number, fields: IssueFields): Promise<IssueEntity> {
    const call = { shape: ISSUE, method: "PUT", route: `${ROUTE}/:iid` } as const;
    return this.client.one({ ...call, params: { project, iid }, body: { ...fields } });
  }

  /** @see https://docs.gitlab.com/api/notes/#issues */
  note(project: string, iid: number, body: string): Promise<NoteEntity> {
    const call = { shape: NOTE, method: "POST", route: `${ROUTE}/:iid/notes` } as const;
    return this.client.one({ ...call, params: { project, iid }, body: { body } });
  }
}
