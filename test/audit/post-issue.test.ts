import { auditOf, postIssue } from "../../src/audit";
import { GitLab } from "../../src/gitlab";
import { picture, picturedAccount, picturedToken } from "../estate/pictures";
import { TestGitLab } from "../support/gitlab";

interface Issue {
  readonly iid: number;
  readonly state: string;
  readonly confidential: boolean;
  readonly description: string;
  readonly labels: readonly string[];
}

let stand: TestGitLab;
let gitlab: GitLab;
let project: number;

beforeAll(async () => {
  stand = await TestGitLab.start();
});
afterAll(() => stand.close());
beforeEach(async () => {
  await stand.control("POST", "reset");
  project = await stand.project("audits", await stand.group("platform"));
  gitlab = new GitLab({ baseUrl: stand.url, token: stand.token });
});
afterEach(() => gitlab.close());

const found = auditOf(
  picture({
    accounts: [picturedAccount(7, { username: "legacy-bot" })],
    tokens: [picturedToken(81, 7, { expiresAt: null })],
  }),
  { states: [] },
);
const nothing = auditOf(picture({}), { states: [] });

const post = (audit: typeof found, name = "platform") =>
  postIssue(audit, gitlab, { project: String(project), name });
const issues = () => stand.call<Issue[]>("GET", `/projects/${project}/issues?sort=asc`);

test("one confidential issue is opened, left alone, closed without findings, and opened again", async () => {
  expect(await post(nothing)).toMatchObject({ done: "nothing to say" });
  expect(await issues()).toEqual([]);
  expect(await post(found)).toMatchObject({
    done: "opened",
    label: `issue #1 of project ${project}`,
  });
  const [opened] = await issues();
  expect(opened).toMatchObject({ confidential: true, state: "opened", labels: ["glsa-audit"] });
  expect(opened?.description).toContain("legacy-bot");
  expect(await post(found)).toMatchObject({ done: "unchanged" });
  expect(await post(nothing)).toMatchObject({ done: "closed" });
  expect(await issues()).toMatchObject([{ iid: 1, state: "closed" }]);
  expect(await post(nothing)).toMatchObject({ done: "unchanged" });
  expect(await post(found)).toMatchObject({ done: "opened" });
  expect(await issues()).toMatchObject([{ iid: 1, state: "opened" }]);
});

test("an audit that could not see everything closes no issue", async () => {
  await post(found);
  const incomplete = auditOf(picture({ isComplete: false }), { states: [] });
  expect(await post(incomplete)).toMatchObject({ done: "edited" });
  expect(await issues()).toMatchObject([{ state: "opened" }]);
});

test("several audits of a project have an issue each, and issues of others are never edited", async () => {
  await post(found);
  const [own] = await issues();
  const copied = { title: "mine", labels: "glsa-audit", description: own?.description };
  const owner = await stand.groupOwner(
    (await stand.call<{ id: number }>("GET", "/groups/platform")).id,
  );
  const other = new GitLab({ baseUrl: stand.url, token: owner });
  try {
    await other.issues.create(String(project), copied);
    await post(nothing);
    await post(found, "shop");
    expect(await issues()).toMatchObject([
      { iid: 1, state: "closed" },
      { iid: 2, state: "opened", description: own?.description },
      { iid: 3, state: "opened" },
    ]);
  } finally {
    await other.close();
  }
});

test("a token that may only read is told of by name of the variable", async () => {
  const user = await stand.call<{ id: number }>("POST", "/users", {
    username: "reader",
    name: "reader",
    email: "reader@example.com",
    force_random_password: true,
  });
  const { token } = await stand.call<{ token: string }>(
    "POST",
    `/users/${user.id}/personal_access_tokens`,
    { name: "read", scopes: ["read_api"] },
  );
  const reader = new GitLab({ baseUrl: stand.url, token });
  try {
    const posting = postIssue(found, reader, { project: String(project), name: "x" });
    await expect(posting).rejects.toThrow(/GLSA_AUDIT_TOKEN.*\[issue-not-posted\]$/);
  } finally {
    await reader.close();
  }
});
