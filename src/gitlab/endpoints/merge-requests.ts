import type { GitLabClient } from "../client";
import type { MergeRequestEntity } from "./entities";
import { MERGE_REQUEST } from "./shapes";

/** Merge requests of a project, which is named by id or path. */
export class MergeRequestEndpoints {
  constructor(private readonly client: GitLabClient) {}

  /**
   * Those that a commit came by: as their merge or squash commit, or as one of their own.
   * @see https://docs.gitlab.com/api/commits/#list-all-merge-requests-associated-with-a-commit
   */
  ofCommit(project: string, sha: string): Promise<MergeRequestEntity[]> {
    return this.client.list({
      shape: MERGE_REQUEST,
      method: "GET",
      route: "/projects/:project/repository/commits/:sha/merge_requests",
      params: { project, sha },
    });
  }
}
