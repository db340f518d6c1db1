import { isRecord } from "../../model";
import { readFileSync } from "node:fs";
import { GitHubClient, GitHubRefusal } from "./github-client";
import {
  given,
  linkable,
  PostingError,
  type CommitPlaces,
  type Environment,
  type Place,
  type ReadablePlace,
} from "./place";

/** A comment's body, in characters. */
const LONGEST_COMMENT = 65_536;

const WHICH_TOKEN =
  "Give the job GITHUB_TOKEN: ${{ github.token }} in its env, and permissions: { pull-requests: write }. Pull requests from forks get a token that may only read.";

/** The pull request that a GitHub workflow runs for. */
export function githubPlace(environment: Environment): Place {
  const number = pullRequestOf(environment);
  const repository = given(environment, "GITHUB_REPOSITORY") ?? "";
  const client = githubClient(environment);
  const issue = `/repos/${repository}/issues/${number}`;
  const comments = commentsAt(client, repository, number);
  const translated = translator(comments.label);
  return {
    ...comments,
    limit: LONGEST_COMMENT,
    jobUrl: linkable(githubRunUrl(environment)),
    jobName: given(environment, "GITHUB_JOB"),
    create: (body) => translated(client.write("POST", `${issue}/comments`, body)),
    update: (noteId, body) =>
      translated(client.write("PATCH", `/repos/${repository}/issues/comments/${noteId}`, body)),
    close: () => client.close(),
  };
}

/** The pull requests that the commit of a workflow came by: the merged ones, where there are any. */
export async function githubPlacesOfCommit(environment: Environment): Promise<CommitPlaces> {
  const repository = given(environment, "GITHUB_REPOSITORY") ?? "";
  const sha = given(environment, "GITHUB_SHA") ?? "";
  const client = githubClient(environment);
  const label = `commit ${sha} of ${repository}`;
  const all = await translator(label)(client.pullsOfCommit(repository, sha));
  const merged = all.filter(({ merged_at }) => typeof merged_at === "string");
  const places = (merged.length > 0 ? merged : all).map(({ number }) =>
    commentsAt(client, repository, String(number)),
  );
  return { places, close: () => client.close() };
}

function commentsAt(client: GitHubClient, repository: string, number: string): ReadablePlace {
  const label = `pull request #${number} of ${repository}`;
  const translated = translator(label);
  return {
    label,
    async ownNotes() {
      const id = await translated(client.viewerId());
      const comments = await translated(client.comments(`/repos/${repository}/issues/${number}`));
      return comments
        .filter(({ user }) => user?.id === id)
        .map((comment) => ({ id: comment.id, body: comment.body ?? "" }));
    },
  };
}

function translator(label: string) {
  return <T>(work: Promise<T>) =>
    work.catch((failure: unknown) => {
      throw failure instanceof GitHubRefusal ? translation(failure, label) : failure;
    });
}

/** The event tells it for certain; the reference only for events of pull requests themselves. */
function pullRequestOf(environment: Environment): string {
  const event = readEvent(given(environment, "GITHUB_EVENT_PATH"));
  const pull = isRecord(event) && isRecord(event["pull_request"]) ? event["pull_request"] : {};
  const reference = /^refs\/pull\/(\d+)\//.exec(given(environment, "GITHUB_REF") ?? "")?.[1];
  const number = typeof pull["number"] === "number" ? String(pull["number"]) : reference;
  if (number !== undefined && given(environment, "GITHUB_REPOSITORY") !== undefined) return number;
  throw new PostingError(
    "This workflow does not run for a pull request, so there is nothing to post to. Let it run on: pull_request.",
  );
}

function readEvent(path: string | undefined): unknown {
  if (path === undefined) return undefined;
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

/** Asks with the token that a job gave. */
export function githubClient(environment: Environment): GitHubClient {
  const token = given(environment, "GLSA_REVIEW_TOKEN") ?? given(environment, "GITHUB_TOKEN");
  if (token === undefined) {
    throw new PostingError(
      `There is no token to post with: neither GLSA_REVIEW_TOKEN nor GITHUB_TOKEN is set. ${WHICH_TOKEN}`,
    );
  }
  const apiUrl = given(environment, "GITHUB_API_URL") ?? "https://api.github.com";
  const graphqlUrl =
    given(environment, "GITHUB_GRAPHQL_URL") ?? `${apiUrl.replace(/\/v3$/, "")}/graphql`;
  return new GitHubClient({ apiUrl, graphqlUrl, token });
}

/** Where the run of a workflow is. */
export function githubRunUrl(environment: Environment): string | undefined {
  const server = given(environment, "GITHUB_SERVER_URL");
  const run = given(environment, "GITHUB_RUN_ID");
  const repository = given(environment, "GITHUB_REPOSITORY");
  if (server === undefined || run === undefined) return undefined;
  return `${server}/${repository}/actions/runs/${run}`;
}

function translation(failure: GitHubRefusal, label: string): PostingError {
  const said = failure.message;
  if (failure.status === 401) {
    return new PostingError(`GitHub does not take the token (${said}). ${WHICH_TOKEN}`);
  }
  if (failure.status === 403) {
    return new PostingError(`The token may not write on ${label} (${said}). ${WHICH_TOKEN}`);
  }
  if (failure.status === 404) {
    return new PostingError(`The token's user does not see ${label} (${said}). ${WHICH_TOKEN}`);
  }
  if (failure.status === 422) {
    return new PostingError(
      `GitHub does not take the comment (${said}). Write the report into an artifact instead: --output markdown=review.md.`,
    );
  }
  return new PostingError(
    `Posting to ${label} failed (${said}). Run the job again later: a comment that was written after all is found and edited.`,
  );
}
