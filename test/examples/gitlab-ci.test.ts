import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseAllDocuments } from "yaml";
import { engines, type Run } from "../support/engine";
import { TestGitLab } from "../support/gitlab";
import { GitLabPipelines } from "../support/gitlab-pipelines";

const EXAMPLE = resolve(__dirname, "../../examples/gitlab-ci");
const MAIN = readFileSync(join(EXAMPLE, "main.tf"), "utf8");
const PIPELINE = readFileSync(join(EXAMPLE, "pipeline.tf"), "utf8");
const TEMPLATE = readFileSync(join(EXAMPLE, "templates/glsa.yml"), "utf8");

interface Artifacts {
  readonly paths?: string[];
  readonly access?: string;
  readonly expire_in?: string;
}

jest.setTimeout(120_000);

let gitlab: TestGitLab;
let pipelines: GitLabPipelines;
let ownersToken: string;
let mergedCommit: string;
let ids: { platform: number; charts: number; accounts: number };

const variablesOf = (projectId: number) => `/projects/${projectId}/variables`;

/** A project access token that can write notes and issues, and nothing else. */
async function reporter(): Promise<string> {
  const { token } = await gitlab.call<{ token: string }>(
    "POST",
    `/projects/${ids.accounts}/access_tokens`,
    { name: "notes", scopes: ["api"], access_level: 20, expires_at: "2027-06-01" },
  );
  return token;
}

/** Also holds that no job prints a token: nothing masks it here. */
function expectExit(run: Run, exitCode: number): Run {
  const hasToken = /glpat-\w/.test(run.stdout + run.stderr);
  expect(hasToken).toBe(false);
  if (run.exitCode === exitCode) return run;
  throw new Error(`The pipeline ended with ${run.exitCode}.\n${run.stdout}\n${run.stderr}`);
}

const pass = (duration: string) => gitlab.control("POST", "clock", { advance: duration });

/** What jobs asked for that could change something. */
const writes = async () => (await gitlab.writes()).map((write) => write.replace("/api/v4", ""));

async function deployerRole(): Promise<number | undefined> {
  return (await gitlab.member("projects", ids.charts, "platform-deployer"))?.access_level;
}

async function userId(username: string): Promise<number> {
  const [user] = await gitlab.call<{ id: number }[]>("GET", `/users?username=${username}`);
  return user?.id ?? 0;
}

async function liveTokens(username: string): Promise<string[]> {
  return (await gitlab.activeTokens(await userId(username))).map(({ name }) => name).sort();
}

const deployToken = async () => (await gitlab.variable(ids.charts, "DEPLOY_TOKEN")) ?? "";

async function state(): Promise<string> {
  const path = `/projects/${ids.accounts}/terraform/state/platform`;
  return (await gitlab.ask("GET", path)).text();
}

interface Alarm {
  readonly iid: number;
  readonly title: string;
  readonly description: string;
}

async function alarms() {
  const issues = `/projects/${ids.accounts}/issues`;
  const open = await gitlab.call<Alarm[]>("GET", `${issues}?labels=glsa-platform&state=opened`);
  return Promise.all(
    open.map(async ({ iid, title, description }) => {
      const notes = await gitlab.call<{ body: string }[]>("GET", `${issues}/${iid}/notes`);
      return { title, description, notes: notes.map(({ body }) => body) };
    }),
  );
}

/** Hidden, so that only jobs get it. */
async function pipelineToken(scope: "apply" | "plan"): Promise<string> {
  return (await pipelines.variable("GITLAB_TOKEN", `platform/${scope}`)) ?? "";
}

test("a saved plan of the GitLab pipeline is for its later jobs alone, and no other plan is kept", () => {
  const [, jobs] = parseAllDocuments(TEMPLATE).map(
    (document) => document.toJS() as Record<string, { artifacts?: Artifacts }>,
  );
  const kept = Object.values(jobs ?? {}).flatMap(({ artifacts }) => artifacts ?? []);
  expect(kept.filter(({ paths }) => paths !== undefined)).toMatchObject([
    { paths: ["$[[ inputs.folder ]]/plan.bin"], access: "none", expire_in: "3 days" },
    { paths: ["$[[ inputs.folder ]]/rotation.json"], access: "developer" },
  ]);
});

const describeWithTerraform = engines().some(({ name }) => name === "terraform")
  ? describe
  : describe.skip;

// One story: each test goes on where the one before it ended.
describeWithTerraform("the GitLab pipeline", () => {
  beforeAll(async () => {
    gitlab = await TestGitLab.start();
    const platform = await gitlab.platform();
    ids = { ...platform, accounts: await gitlab.project("accounts", platform.platform) };
    ownersToken = await gitlab.groupOwner(ids.platform);
    await gitlab.call("POST", variablesOf(ids.accounts), {
      key: "GITLAB_TOKEN",
      value: ownersToken,
      protected: true,
      masked: true,
    });
    await gitlab.call("POST", variablesOf(ids.accounts), {
      key: "GLSA_REVIEW_TOKEN",
      value: await reporter(),
      masked: true,
    });
    pipelines = new GitLabPipelines(EXAMPLE, gitlab, { id: ids.accounts, url: gitlab.url });
  });

  afterAll(async () => {
    pipelines.remove();
    await gitlab.close();
  });

  test("makes the account that it works as from then on, with a token to plan and one to apply", async () => {
    const variables = { EXPECT: "anything" };
    expectExit(await pipelines.afterMerge({ started: ["platform:apply"], variables }), 0);
    const all = { "filter[environment_scope]": "*" };
    const path = `${variablesOf(ids.accounts)}/GITLAB_TOKEN?${new URLSearchParams(all)}`;
    await gitlab.call("DELETE", path);
    expect(await gitlab.whoIs(await pipelineToken("apply"))).toBe("platform-glsa");
    expect(await gitlab.whoIs(await pipelineToken("plan"))).toBe("platform-glsa");
  });

  test("reviews a merge request in a note, without a token or a lock that could change anything", async () => {
    const { iid, sha } = await gitlab.call<{ iid: number; sha: string }>(
      "POST",
      `/projects/${ids.accounts}/merge_requests`,
      { title: "Less power", source_branch: "less-power", target_branch: "main" },
    );
    mergedCommit = sha;
    pipelines.write({ "main.tf": MAIN.replace('"maintainer"', '"developer"') });
    await gitlab.forgetRequests();
    expectExit(await pipelines.ofMergeRequest(iid), 0);
    const notes = `/projects/${ids.accounts}/merge_requests/${iid}/notes`;
    expect(await writes()).toEqual([`POST ${notes}`]);
    const [note] = await gitlab.call<{ body: string }[]>("GET", notes);
    expect(note?.body).toContain("role lowered");
  });

  test("does not apply what no note of a merge request said", async () => {
    const run = expectExit(await pipelines.afterMerge({ started: ["platform:apply"] }), 1);
    expect(run.stdout + run.stderr).toContain("[other-than-reviewed]");
    expect(await deployerRole()).toBe(40);
  });

  test("applies the plan that was reviewed when somebody starts it, under the state's lock", async () => {
    await gitlab.forgetRequests();
    const variables = { CI_COMMIT_SHA: mergedCommit };
    expectExit(await pipelines.afterMerge({ started: ["platform:apply"], variables }), 0);
    expect(await deployerRole()).toBe(30);
    const locks = (await writes()).filter((write) => write.includes("/lock"));
    const path = `/projects/${ids.accounts}/terraform/state/platform/lock`;
    expect(locks).toEqual([`POST ${path}`, `DELETE ${path}`]);
  });

  test("rotates in a night what is due, its own tokens too", async () => {
    const first = { apply: await pipelineToken("apply"), deploy: await deployToken() };
    await pass("P30D");
    expectExit(await pipelines.night(), 0);
    expect(await deployToken()).not.toBe(first.deploy);
    expect(await pipelineToken("apply")).not.toBe(first.apply);
    expect(await gitlab.whoIs(await deployToken())).toBe("platform-deployer");
    expect(await liveTokens("platform-glsa")).toEqual(["apply", "apply", "plan", "plan"]);
    expect(await gitlab.whoIs(first.apply)).toBe("platform-glsa");
  });

  test("revokes the old tokens in a later night, its own with the new one", async () => {
    await pass("P4D");
    expectExit(await pipelines.night(), 0);
    expect(await liveTokens("platform-glsa")).toEqual(["apply", "plan"]);
    expect(await liveTokens("platform-deployer")).toEqual(["deploy"]);
  });

  test("waits for the state's lock in a night, and applies nothing when nothing is due", async () => {
    await pass("P1D");
    const lock = `/projects/${ids.accounts}/terraform/state/platform/lock`;
    await gitlab.ask("POST", lock, { ID: "somebody-else" });
    await gitlab.forgetRequests();
    const night = pipelines.night();
    await refusedLock();
    await gitlab.ask("DELETE", lock, { ID: "somebody-else" });
    expectExit(await night, 0);
    expect((await writes()).filter((write) => !write.includes("/lock"))).toEqual([]);
  });

  test("leaves a role changed by hand to a person, warns, and rotates nevertheless", async () => {
    const first = await deployToken();
    const path = `/projects/${ids.charts}/members/${await userId("platform-deployer")}`;
    await gitlab.call("PUT", path, { access_level: 20 });
    pipelines.write({ "other.tf": 'resource "terraform_data" "other" {}\n' });
    await pass("P25D");
    const run = expectExit(await pipelines.night(), 0);
    expect(run.stdout).toMatch(/WARN +platform:rotate/);
    expect(run.stdout + run.stderr).toContain("glsa_membership.deployer_in_charts");
    expect(await deployToken()).not.toBe(first);
    expect(await deployerRole()).toBe(20);
    expect(await state()).not.toContain("terraform_data");
    expect(await alarms()).toEqual([]);
    pipelines.write({ "other.tf": "" });
    await gitlab.call("PUT", path, { access_level: 30 });
  });

  test("fails in a night when a token that is due cannot be rotated by itself, and raises the alarm", async () => {
    mayNotFail();
    const edited = MAIN.replace('"maintainer"', '"developer"');
    const scopes = PIPELINE.replace('["read_api"]', '["read_api", "read_user"]');
    pipelines.write({ "main.tf": edited, "pipeline.tf": scopes });
    const account = `/groups/${ids.platform}/service_accounts/${await userId("platform-deployer")}`;
    await gitlab.call("PATCH", account, { name: "Renamed by hand" });
    const first = { deploy: await deployToken(), apply: await pipelineToken("apply") };
    await pass("P30D");
    const run = expectExit(await pipelines.night(), 1);
    const printed = run.stdout + run.stderr;
    expect(printed).toContain("NOT ROTATED: glsa_access_token.deploy (");
    expect(printed).toContain("NOT ROTATED: glsa_access_token.plan (");
    expect(await deployToken()).toBe(first.deploy);
    expect(await pipelineToken("apply")).not.toBe(first.apply);
    expect(await gitlab.accounts(ids.platform)).toContainEqual(
      expect.objectContaining({ username: "platform-deployer", name: "Renamed by hand" }),
    );
    const [alarm, ...others] = await alarms();
    expect(others).toEqual([]);
    expect(alarm).toMatchObject({
      title: "The tokens of platform could not be rotated",
      notes: [],
    });
    expect(alarm?.description).toMatch(
      /platform-glsa, token "plan" was not rotated: it is due and was edited/,
    );
    pipelines.write({ "pipeline.tf": PIPELINE });
    await gitlab.call("PATCH", account, { name: "Platform deployer" });
  });

  test("raises the alarm when a rotation fails, in the issue that is open", async () => {
    const refuse = { kind: "status", status: 403, body: { message: "403 Forbidden" } };
    await gitlab.control("POST", "faults", {
      faults: [{ route: "PUT /projects/:id/variables/:key", times: null, effect: refuse }],
    });
    expectExit(await pipelines.night(), 1);
    expect(await alarms()).toMatchObject([{ notes: [expect.stringContaining("failed")] }]);
    await gitlab.control("DELETE", "faults");
    expectExit(await pipelines.night(), 0);
    expect(await gitlab.whoIs(await deployToken())).toBe("platform-deployer");
  });

  test("makes new tokens after weeks without a night, with the token of a person", async () => {
    await pass("P60D");
    expectExit(await pipelines.night(), 1);
    const scope = new URLSearchParams({ "filter[environment_scope]": "platform/apply" });
    const path = `${variablesOf(ids.accounts)}/GITLAB_TOKEN?${scope}`;
    await gitlab.call("PUT", path, { value: ownersToken });
    expectExit(await pipelines.night(), 0);
    expect(await gitlab.whoIs(await pipelineToken("apply"))).toBe("platform-glsa");
    expect(await gitlab.whoIs(await deployToken())).toBe("platform-deployer");
  });
});

/** gitlab-ci-local takes a job that may fail with some exit codes for one that may always fail. */
function mayNotFail(): void {
  const mayFail = "  allow_failure:\n    exit_codes: 2\n";
  expect(TEMPLATE).toContain(mayFail);
  pipelines.write({ "templates/glsa.yml": TEMPLATE.replaceAll(mayFail, "") });
}

async function refusedLock(): Promise<void> {
  for (;;) {
    const { requests } = await gitlab.requests();
    if (requests.some(({ path, status }) => path.endsWith("/lock") && status === 409)) return;
    await new Promise((done) => setTimeout(done, 50));
  }
}
