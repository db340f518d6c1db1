import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { digestOfReview } from "../../src/review/digest";
import { postReview, reviewedBefore } from "../../src/review/posting";
import {
  json,
  scriptedServer,
  type ScriptedServer,
  type SeenRequest,
} from "../support/scripted-server";
import { change, emptyReview, sample } from "./sample";

const BOT = 41_898_282;

interface Comment {
  readonly id: number;
  readonly user: { readonly id: number };
  body: string;
}

/** As much of GitHub as comments need. */
class TestGitHub {
  readonly comments: Comment[] = [];
  refusal: { status: number; body: object } | undefined;

  answer(request: SeenRequest): { status: number; body: unknown } {
    const issue = "/repos/platform/accounts/issues";
    if (request.headers.authorization !== "Bearer ghs_secret") {
      return { status: 401, body: { message: "Bad credentials" } };
    }
    if (request.url === "/graphql") {
      return { status: 200, body: { data: { viewer: { databaseId: BOT } } } };
    }
    if (this.refusal !== undefined && request.method !== "GET") return this.refusal;
    const { body } = JSON.parse(request.body || "{}") as { body: string };
    if (request.method === "POST" && request.url === `${issue}/12/comments`) {
      return { status: 201, body: this.add(BOT, body) };
    }
    const id = new RegExp(`^${issue}/comments/(\\d+)$`).exec(request.url)?.[1];
    const edited = this.comments.find((comment) => String(comment.id) === id);
    if (request.method === "PATCH" && edited !== undefined) {
      edited.body = body;
      return { status: 200, body: edited };
    }
    if (request.url === "/repos/platform/accounts/commits/c0ffee/pulls?per_page=100&page=1") {
      const others = [{ number: 11, merged_at: null }];
      return { status: 200, body: [...others, { number: 12, merged_at: "2026-06-01T00:00:00Z" }] };
    }
    const page = new RegExp(`^${issue}/12/comments\\?per_page=100&page=(\\d+)$`).exec(
      request.url,
    )?.[1];
    if (page === undefined) return { status: 404, body: { message: "Not Found" } };
    const start = (Number(page) - 1) * 100;
    return { status: 200, body: this.comments.slice(start, start + 100) };
  }

  add(userId: number, body: string): Comment {
    const comment = { id: this.comments.length + 1, user: { id: userId }, body };
    this.comments.push(comment);
    return comment;
  }
}

let github: TestGitHub;
let server: ScriptedServer;
let job: Record<string, string>;

beforeEach(async () => {
  github = new TestGitHub();
  server = await scriptedServer((request, response) => {
    const { status, body } = github.answer(request);
    json(response, status, body);
  });
  job = {
    GITHUB_API_URL: server.url,
    GITHUB_GRAPHQL_URL: `${server.url}/graphql`,
    GITHUB_REPOSITORY: "platform/accounts",
    GITHUB_REF: "refs/pull/12/merge",
    GITHUB_JOB: "plan",
    GITHUB_SERVER_URL: "https://github.com",
    GITHUB_RUN_ID: "99",
    GITHUB_TOKEN: "ghs_secret",
  };
});
afterEach(() => server.close());

const other = emptyReview({
  accounts: [{ account: "other-bot", changes: [change("account-created", "gains", "account")] }],
});

test("what was reviewed is read back from the pull request that was merged", async () => {
  await postReview(sample, job, "platform");
  const merged = { ...job, GITHUB_REF: "refs/heads/main", GITHUB_SHA: "c0ffee" };
  const before = await reviewedBefore(merged, "platform");
  expect(before).toMatchObject({ isFound: true, label: "pull request #12 of platform/accounts" });
  expect(before.expectation.digest).toBe(digestOfReview(sample));
});

test("the next push edits the same comment, also behind a hundred others", async () => {
  for (let index = 0; index < 150; index++) github.add(7, "a human's words");
  expect(await postReview(sample, job)).toMatchObject({ done: "created" });
  expect(await postReview(other, job)).toMatchObject({ done: "edited" });
  expect(github.comments.length).toBe(151);
  expect(github.comments[150]?.body).toContain("other-bot");
  expect(github.comments[150]?.body).toContain(
    "https://github.com/platform/accounts/actions/runs/99",
  );
});

test("a comment of somebody else is not edited, though it holds the marker", async () => {
  await postReview(sample, job);
  const forged = github.add(7, github.comments[0]?.body ?? "");
  github.comments.reverse();
  const before = forged.body;
  await postReview(other, job);
  expect(forged.body).toBe(before);
  expect(github.comments.length).toBe(2);
});

test("two stacks keep a comment each", async () => {
  for (const name of ["staging", "production", "staging"]) await postReview(sample, job, name);
  expect(github.comments.length).toBe(2);
});

test("the pull request is the event's, where the reference is a branch", async () => {
  const folder = mkdtempSync(join(tmpdir(), "glsa-event-"));
  const path = join(folder, "event.json");
  writeFileSync(path, JSON.stringify({ pull_request: { number: 12 } }));
  const event = { ...job, GITHUB_REF: "refs/heads/main", GITHUB_EVENT_PATH: path };
  expect(await postReview(sample, event)).toMatchObject({
    label: "pull request #12 of platform/accounts",
  });
  rmSync(folder, { recursive: true });
});

test("a report that is too long for a comment is cut", async () => {
  const many = Array.from({ length: 1_000 }, (_, index) => ({
    account: `bot-${index}`,
    changes: [change("role-raised", "gains", `membership of charts/${index}`)],
  }));
  await postReview(emptyReview({ accounts: many }), job);
  expect(github.comments[0]?.body.length).toBeLessThanOrEqual(65_536);
  expect(github.comments[0]?.body).toContain("more entries have no room here");
});

describe("says what to do", () => {
  const failure = async (changes: Record<string, string>) => {
    const error = await postReview(sample, { ...job, ...changes }).catch((caught: Error) => caught);
    expect(error).toBeInstanceOf(Error);
    expect((error as Error).message).not.toContain("ghs_secret");
    return (error as Error).message;
  };

  test("when the token is unknown", async () => {
    expect(await failure({ GITHUB_TOKEN: "ghs_other" })).toContain(
      "GitHub does not take the token",
    );
  });

  test("when the token may not write", async () => {
    github.refusal = { status: 403, body: { message: "Resource not accessible by integration" } };
    expect(await failure({})).toContain("permissions: { pull-requests: write }");
  });

  test("when the pull request cannot be seen", async () => {
    expect(await failure({ GITHUB_REF: "refs/pull/404/merge" })).toContain(
      "does not see pull request #404",
    );
  });

  test("when GitHub does not take the comment", async () => {
    github.refusal = { status: 422, body: { message: "Validation Failed: ghs_secret" } };
    expect(await failure({})).toContain("--output markdown=review.md");
  });

  test("when there is no token", async () => {
    expect(await failure({ GITHUB_TOKEN: "" })).toContain("GITHUB_TOKEN: ${{ github.token }}");
  });

  test("when the workflow runs for no pull request", async () => {
    expect(await failure({ GITHUB_REF: "refs/heads/main" })).toContain("on: pull_request");
  });

  test("when GitHub does not answer", async () => {
    const message = await failure({ GITHUB_GRAPHQL_URL: "http://127.0.0.1:1/graphql" });
    expect(message).toContain("GitHub gives no answer");
  });
});
