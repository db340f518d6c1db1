import {
  GitLab,
  isGitLabError,
  type ErrorKind,
  type GitLabError,
  type MergeRequestAddress,
} from "../../gitlab";
import {
  given,
  linkable,
  PostingError,
  type CommitPlaces,
  type Environment,
  type Place,
  type ReadablePlace,
} from "./place";

/** @see https://docs.gitlab.com/administration/instance_limits/#size-of-comments-and-descriptions-of-issues-merge-requests-and-epics */
export const LONGEST_NOTE = 1_000_000;

const WHICH_TOKEN =
  "Give the job a project access token with the role Reporter or above and the scope api, in the masked variable GLSA_REVIEW_TOKEN. The variable must not be protected unless the source branch is.";

/** The merge request that a GitLab pipeline runs for. */
export function gitlabPlace(environment: Environment): Place {
  const address = addressOf(environment);
  const gitlab = clientOf(environment);
  const label = labelOf(address);
  const translated = translator(label);
  return {
    ...notesAt(gitlab, address),
    limit: LONGEST_NOTE,
    jobUrl: linkable(given(environment, "CI_JOB_URL")),
    jobName: given(environment, "CI_JOB_NAME"),
    create: async (body) => void (await translated(gitlab.notes.create(address, body))),
    update: async (noteId, body) =>
      void (await translated(gitlab.notes.update(address, noteId, body))),
    close: () => gitlab.close(),
  };
}

/** The merge requests that the commit of a pipeline came by: the merged ones, where there are any. */
export async function gitlabPlacesOfCommit(environment: Environment): Promise<CommitPlaces> {
  const project = given(environment, "CI_PROJECT_ID") ?? "";
  const sha = given(environment, "CI_COMMIT_SHA") ?? "";
  const gitlab = clientOf(environment);
  const label = `commit ${sha} of project ${project}`;
  const all = await translator(label)(gitlab.mergeRequests.ofCommit(project, sha));
  const merged = all.filter(({ state }) => state === "merged");
  const places = (merged.length > 0 ? merged : all).map(({ iid }) =>
    notesAt(gitlab, { project, iid: String(iid) }),
  );
  return { places, close: () => gitlab.close() };
}

function notesAt(gitlab: GitLab, address: MergeRequestAddress): ReadablePlace {
  const label = labelOf(address);
  const translated = translator(label);
  return {
    label,
    async ownNotes() {
      const { id } = await translated(gitlab.users.self());
      const notes = await translated(gitlab.notes.list(address));
      return notes.filter(({ author, system }) => author?.id === id && !system);
    },
  };
}

function clientOf(environment: Environment): GitLab {
  const token = tokenOf(environment);
  const baseUrl = given(environment, "CI_API_V4_URL") ?? "";
  const caFile = given(environment, "CI_SERVER_TLS_CA_FILE");
  return new GitLab({ baseUrl, token, caFile, caSetting: "CI_SERVER_TLS_CA_FILE" });
}

function labelOf({ iid, project }: MergeRequestAddress): string {
  return `merge request !${iid} of project ${project}`;
}

function translator(label: string) {
  return <T>(work: Promise<T>) =>
    work.catch((failure: unknown) => {
      throw isGitLabError(failure) ? translation(failure, label) : failure;
    });
}

function addressOf(environment: Environment): MergeRequestAddress {
  const iid = given(environment, "CI_MERGE_REQUEST_IID");
  // In a fork's pipeline the merge request is the parent project's.
  const project =
    given(environment, "CI_MERGE_REQUEST_PROJECT_ID") ?? given(environment, "CI_PROJECT_ID");
  if (iid === undefined || project === undefined) {
    throw new PostingError(
      'This is no merge request pipeline (CI_MERGE_REQUEST_IID is not set), so there is nothing to post to. Let the job run in one: rules: [{ if: $CI_PIPELINE_SOURCE == "merge_request_event" }].',
    );
  }
  return { project, iid };
}

function tokenOf(environment: Environment): string {
  const token = given(environment, "GLSA_REVIEW_TOKEN") ?? given(environment, "GITLAB_TOKEN");
  if (token === undefined) {
    throw new PostingError(
      `There is no token to post with: neither GLSA_REVIEW_TOKEN nor GITLAB_TOKEN is set. ${WHICH_TOKEN}`,
    );
  }
  if (token === given(environment, "CI_JOB_TOKEN") || token.startsWith("glcbt-")) {
    throw new PostingError(`A job token (CI_JOB_TOKEN) cannot write notes. ${WHICH_TOKEN}`);
  }
  return token;
}

const UNKNOWN_TOKEN: readonly ErrorKind[] = ["unauthorized", "token_ended"];
const POWERLESS_TOKEN: readonly ErrorKind[] = ["forbidden", "insufficient_scope"];

function translation(failure: GitLabError, label: string): PostingError {
  const said = `${failure.method} ${failure.path}: ${failure.serverMessage}`;
  if (UNKNOWN_TOKEN.includes(failure.kind)) {
    return new PostingError(
      `GitLab does not take the token, or no longer (${said}). ${WHICH_TOKEN}`,
    );
  }
  if (POWERLESS_TOKEN.includes(failure.kind)) {
    return new PostingError(`The token may not write on ${label} (${said}). ${WHICH_TOKEN}`);
  }
  if (failure.kind === "not_found") {
    return new PostingError(`The token's user does not see ${label} (${said}). ${WHICH_TOKEN}`);
  }
  if (failure.kind === "bad_request") {
    return new PostingError(
      `GitLab does not take the note (${said}). It may be longer than this instance allows: write the report into an artifact instead: --output markdown=review.md.`,
    );
  }
  return new PostingError(
    `Posting to ${label} failed (${failure.message}). Run the job again later: a note that was written after all is found and edited.`,
  );
}
