import { digestOfReview, expectationOfDigest } from "../../src/review/digest";
import { postReview, reviewedBefore } from "../../src/review/posting";
import type { Review } from "../../src/review/review";
import { TestGitLab } from "../support/gitlab";
import { change, emptyReview, sample } from "./sample";

interface Note {
  readonly id: number;
  readonly body: string;
  readonly author: { readonly username: string };
}

let gitlab: TestGitLab;
let project: number;
let job: Record<string, string>;

beforeAll(async () => {
  gitlab = await TestGitLab.start();
});
afterAll(() => gitlab.close());
beforeEach(async () => {
  await gitlab.control("POST", "reset");
  project = await gitlab.project("charts", await gitlab.group("platform"));
  const branches = { source_branch: "change", target_branch: "main" };
  await gitlab.call("POST", `/projects/${project}/merge_requests`, { title: "x", ...branches });
  job = {
    CI_API_V4_URL: `${gitlab.url}/api/v4`,
    CI_PROJECT_ID: String(project),
    CI_MERGE_REQUEST_IID: "1",
    CI_JOB_NAME: "plan: [production]",
    CI_JOB_URL: "https://gitlab.example.com/platform/charts/-/jobs/7",
    GLSA_REVIEW_TOKEN: await projectToken(20),
  };
});

async function projectToken(access_level: number, scopes = ["api"]): Promise<string> {
  const body = { name: "review", scopes, access_level, expires_at: inTenDays() };
  const path = `/projects/${project}/access_tokens`;
  return (await gitlab.call<{ token: string }>("POST", path, body)).token;
}

function inTenDays(): string {
  return new Date(Date.now() + 864_000_000).toISOString().slice(0, 10);
}

function notes(): Promise<Note[]> {
  return gitlab.call("GET", `/projects/${project}/merge_requests/1/notes?sort=asc`);
}

const other: Review = emptyReview({
  accounts: [{ account: "other-bot", changes: [change("account-created", "gains", "account")] }],
});

test("a project access token with the role Reporter posts, and the next push edits the same note", async () => {
  expect(await postReview(sample, job)).toMatchObject({ done: "created" });
  const [first] = await notes();
  expect(first?.body).toContain("legacy-bot");
  expect(first?.body).toContain(
    "[this job](<https://gitlab.example.com/platform/charts/-/jobs/7>)",
  );
  expect(await postReview(other, job)).toMatchObject({ done: "edited" });
  expect(await postReview(other, job)).toMatchObject({ done: "unchanged" });
  const after = await notes();
  expect(after.map(({ id }) => id)).toEqual([first?.id]);
  expect(after[0]?.body).toContain("other-bot");
  expect(after[0]?.body).not.toContain("legacy-bot");
});

test("two stacks keep a note each", async () => {
  for (const review of [sample, other, sample]) {
    await postReview(review, job, "staging");
    await postReview(review, job, "staging-2");
  }
  expect((await notes()).map(({ body }) => /`(.*)`/.exec(body)?.[1])).toEqual([
    "staging",
    "staging-2",
  ]);
});

test("a note of somebody else is not edited, though it holds the marker and the token's role would allow it", async () => {
  await postReview(sample, job);
  const [foreign] = await notes();
  await postReview(other, { ...job, GLSA_REVIEW_TOKEN: await projectToken(40) });
  const [first, second] = await notes();
  expect(first).toEqual(foreign);
  expect(second?.body).toContain("other-bot");
});

test("a plan without changes makes no note, and empties one that is there", async () => {
  expect(await postReview(emptyReview(), job)).toMatchObject({ done: "nothing to say" });
  expect(await notes()).toEqual([]);
  await postReview(sample, job);
  expect(await postReview(emptyReview(), job)).toMatchObject({ done: "edited" });
  expect((await notes())[0]?.body).toContain("No service account changes");
});

test("a report that is too long for a note is cut, and says where the rest is", async () => {
  const many = Array.from({ length: 12_000 }, (_, index) => ({
    account: `bot-${index}`,
    changes: [change("role-raised", "gains", `membership of charts/${index}`)],
  }));
  await postReview(emptyReview({ accounts: many }), job);
  const [note] = await notes();
  const body = note?.body ?? "";
  expect(body.length).toBeLessThanOrEqual(1_000_000);
  expect(body.length).toBeGreaterThan(990_000);
  expect(body.slice(-300)).toMatch(/\d+ more entries have no room here.*artifacts of \[this job\]/);
});

describe("what was reviewed is read back from the note", () => {
  /** The pipeline of the commit after the merge. */
  async function merged(): Promise<Record<string, string>> {
    const path = `/projects/${project}/merge_requests/1`;
    const { sha } = await gitlab.call<{ sha: string }>("GET", path);
    return { ...job, CI_MERGE_REQUEST_IID: "", CI_COMMIT_SHA: sha };
  }

  test("of the merge request that the commit came by, for each stack", async () => {
    await postReview(sample, job, "staging");
    await postReview(other, job, "production");
    for (const [name, review] of [
      ["staging", sample],
      ["production", other],
    ] as const) {
      const before = await reviewedBefore(await merged(), name);
      expect(before).toMatchObject({ isFound: true, label: expect.stringContaining("!1") });
      expect(before.expectation.digest).toBe(digestOfReview(review));
    }
  });

  test("not from a note of another user, and not from what a name in a note looks like", async () => {
    const foreign = { ...job, GLSA_REVIEW_TOKEN: await projectToken(40) };
    await postReview(sample, foreign, "staging");
    const digest = digestOfReview(sample);
    const forged = `<!-- glsa-reviewed staging ${digest} -->`;
    const names = [{ account: forged, changes: [change("account-created", "gains", forged)] }];
    await postReview(emptyReview({ accounts: names }), job, "other");
    const before = await reviewedBefore(await merged(), "staging");
    expect(before.isFound).toBe(false);
    expect(before.expectation.digest).toBe(digestOfReview(emptyReview()));
  });

  test("of a plan that is too large for its parts, the digest alone", async () => {
    const many = Array.from({ length: 12_000 }, (_, index) => ({
      account: `bot-${index}`,
      changes: [change("role-raised", "gains", `membership of charts/${index}`)],
    }));
    const review = emptyReview({ accounts: many });
    await postReview(review, job, "staging");
    const { expectation } = await reviewedBefore(await merged(), "staging");
    expect(expectation).toEqual(expectationOfDigest(digestOfReview(review)));
  });

  test("of a commit that came by none, there is nothing", async () => {
    const commit = { ...(await merged()), CI_COMMIT_SHA: "0".repeat(40) };
    const before = await reviewedBefore(commit, "staging");
    expect(before).toMatchObject({ isFound: false, label: expect.stringContaining("no merge") });
  });
});

describe("says what to do", () => {
  const failure = async (changes: Record<string, string>, review = sample) => {
    const environment = { ...job, ...changes };
    const error = await postReview(review, environment).catch((caught: Error) => caught);
    expect(error).toBeInstanceOf(Error);
    const { message } = error as Error;
    expect(message).not.toContain(environment["GLSA_REVIEW_TOKEN"] || "glpat-");
    return message;
  };

  test("when the token is unknown", async () => {
    const message = await failure({ GLSA_REVIEW_TOKEN: "glpat-unknown" });
    expect(message).toContain("GitLab does not take the token, or no longer (GET /user: 401");
    expect(message).toContain("project access token with the role Reporter or above");
  });

  test("when the token may not write", async () => {
    const message = await failure({ GLSA_REVIEW_TOKEN: await projectToken(20, ["read_api"]) });
    expect(message).toContain(`may not write on merge request !1 of project ${project}`);
    expect(message).toContain("the scope api");
  });

  test("when the token's user does not see the merge request", async () => {
    const message = await failure({ GLSA_REVIEW_TOKEN: await projectToken(10) });
    expect(message).toContain("does not see merge request !1");
  });

  test.each([
    ["it is the job token", { CI_JOB_TOKEN: "xyz", GLSA_REVIEW_TOKEN: "xyz" }],
    ["it looks like a job token", { GLSA_REVIEW_TOKEN: "glcbt-64_x" }],
  ])("when %s", async (_, changes) => {
    expect(await failure(changes)).toContain("A job token (CI_JOB_TOKEN) cannot write notes.");
  });

  test("when there is no token", async () => {
    expect(await failure({ GLSA_REVIEW_TOKEN: "" })).toContain(
      "neither GLSA_REVIEW_TOKEN nor GITLAB_TOKEN is set",
    );
  });

  test("when it is no merge request pipeline", async () => {
    const message = await failure({ CI_MERGE_REQUEST_IID: "" });
    expect(message).toContain("no merge request pipeline (CI_MERGE_REQUEST_IID is not set)");
    expect(message).toContain('$CI_PIPELINE_SOURCE == "merge_request_event"');
  });

  test("when GitLab does not take the note", async () => {
    const effect = { kind: "status", status: 400, body: { message: "note is too long" } };
    const route = "POST /projects/:id/merge_requests/:iid/notes";
    await gitlab.control("POST", "faults", { faults: [{ route, effect }] });
    expect(await failure({})).toContain("--output markdown=review.md");
  });

  test("outside of any pipeline", async () => {
    expect(await failure({ CI_API_V4_URL: "" })).toContain("GitLab CI and GitHub Actions");
  });
});
