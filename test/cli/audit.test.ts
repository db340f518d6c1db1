import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TestGitLab } from "../support/gitlab";
import { runGlsa, type Result } from "./run-glsa";

let gitlab: TestGitLab;
let folder: string;
let owner: string;
let account: { id: number };
let platform: number;
let tokenId: number;

beforeAll(async () => {
  gitlab = await TestGitLab.start();
  folder = mkdtempSync(join(tmpdir(), "glsa-audit-"));
  const made = await gitlab.platform();
  platform = made.platform;
  owner = await gitlab.groupOwner(platform);
  const accounts = `/groups/${platform}/service_accounts`;
  account = await gitlab.call("POST", accounts, { username: "deployer", name: "Deployer" });
  const tokens = `${accounts}/${account.id}/personal_access_tokens`;
  const token = { name: "ci", scopes: ["read_api"] };
  tokenId = (await gitlab.call<{ id: number }>("POST", tokens, token)).id;
  await gitlab.call("POST", `/projects/${made.charts}/members`, {
    user_id: account.id,
    access_level: 30,
  });
});
afterAll(async () => {
  await gitlab.close();
  rmSync(folder, { recursive: true, force: true });
});

function audit(
  parameters: readonly string[],
  { token = gitlab.token, input = "" } = {},
): Promise<Result> {
  const job = { GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: token };
  return runGlsa(["audit", ...parameters], { cwd: folder, input, job });
}

function stored(): string {
  const instance = (attributes: object) => [{ attributes }];
  return JSON.stringify({
    version: 4,
    serial: 1,
    lineage: "x",
    resources: [
      {
        mode: "managed",
        type: "glsa_service_account",
        name: "deployer",
        instances: instance({
          id: `group:${platform}:${account.id}`,
          group: "platform",
          username: "deployer",
          name: "Deployer",
        }),
      },
      {
        module: "module.ci",
        mode: "managed",
        type: "glsa_access_token",
        name: "ci",
        instances: instance({
          id: `group:${platform}:${account.id}:${tokenId}`,
          service_account_id: `group:${platform}:${account.id}`,
          token_id: tokenId,
          name: "ci",
          value: "glpat-must-not-be-shown",
        }),
      },
    ],
  });
}

test.each(["administrator", "Owner"])("an %s's audit tells what no state declares", async (who) => {
  const token = who === "Owner" ? owner : gitlab.token;
  const { code, stdout, stderr } = await audit(["--group", "platform", "--state", "-"], {
    token,
    input: stored(),
  });
  expect(stderr).toMatch(/^About \d+ requests/);
  expect(stdout).toContain("membership of deployer in platform/charts");
  expect(stdout).not.toContain("undeclared-account");
  expect(stdout).not.toContain("undeclared-token");
  expect(stdout).not.toContain("glpat-");
  expect(code).toBe(2);
});

test("states come from patterns and from GitLab itself, and one that cannot be read is an error", async () => {
  mkdirSync(join(folder, "states", "deep"), { recursive: true });
  writeFileSync(join(folder, "states", "deep", "prod.tfstate"), stored());
  const inFolder = await audit(["--state", "states/**/*.tfstate", "--format", "json"]);
  expect(JSON.parse(inFolder.stdout)).toMatchObject({ states: ["states/deep/prod.tfstate"] });

  const { charts } = { charts: "platform%2Fcharts" };
  const place = `/projects/${charts}/terraform/state/prod`;
  await gitlab.ask("POST", place, JSON.parse(stored()) as object);
  const url = `${gitlab.url}/api/v4${place}`;
  const kept = await audit(["--state", url, "--format", "json"]);
  expect(JSON.parse(kept.stdout)).toMatchObject({
    states: [expect.stringContaining("/state/prod")],
  });

  const missing = await audit(["--state", `${gitlab.url}/api/v4/projects/999/terraform/state/x`]);
  expect(missing).toMatchObject({ code: 1, stdout: "" });
  expect(missing.stderr).toContain("returned 404");
  expect(await audit(["--state", "nothing/*.json"])).toMatchObject({ code: 1, stdout: "" });
});

test("a dry run tells the cost and looks at nothing else", async () => {
  const { code, stdout } = await audit(["--dry-run"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^ +5 {2}first questions\n/);
  expect(stdout).toMatch(/\n +\d+ {2}requests in all, of which \d+ were needed/);
});

test("what costs more than it may is refused before", async () => {
  const { code, stderr } = await audit(["--max-requests", "15"]);
  expect(code).toBe(1);
  expect(stderr).toContain("--max-requests allows 15");
});

test("with a baseline only new findings count", async () => {
  const written = await audit(["--state", "-", "--write-baseline", "b.json"], { input: stored() });
  expect(written.code).toBe(2);
  expect(readFileSync(join(folder, "b.json"), "utf8")).toContain("undeclared-membership");
  const again = await audit(["--state", "-", "--baseline", "b.json"], { input: stored() });
  expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining("in the baseline") });
  const bare = { serial: 1, lineage: "x", version: 4, resources: [] };
  const input = JSON.stringify(bare);
  expect(
    (await audit(["--state", "-", "--baseline", "b.json", "--fail-on", "warning"], { input })).code,
  ).toBe(3);
});

test("patterns of the configuration ignore, and a mistake in them is told", async () => {
  const pattern = {
    code: "undeclared-*",
    object: "*",
    reason: "adopted in spring",
    until: "2999-01-01",
  };
  const config = join(folder, "ignoring.json");
  writeFileSync(config, JSON.stringify({ audit: { ignore: [pattern] } }));
  const { code, stdout } = await audit(["--state", "-", "--config", config], { input: stored() });
  expect(stdout).toContain("Nothing found (1 ignored)");
  expect(code).toBe(0);
  writeFileSync(config, JSON.stringify({ audit: { ignore: [{ ...pattern, until: "soon" }] } }));
  const wrong = await audit(["--config", config]);
  expect(wrong).toMatchObject({ code: 1 });
  expect(wrong.stderr).toContain("audit.ignore[0].until: An ignore pattern needs an end date");
});

test("the instance as a whole is refused to an Owner, with the way out", async () => {
  const { code, stderr } = await audit([], { token: owner });
  expect(code).toBe(1);
  expect(stderr).toContain("--group PATH");
});

test("evidence is the same files with sound checksums, one page among them, and no token's value", async () => {
  const place = join(folder, "evidence");
  const { code } = await audit(["--evidence", place, "--html", join(folder, "estate.html")]);
  expect(code).toBe(0);
  const sums = readFileSync(join(place, "SHA256SUMS"), "utf8").trim().split("\n");
  expect(sums.map((line) => line.slice(66))).toEqual([
    "README.md",
    "accounts.csv",
    "audit.json",
    "estate.html",
    "findings.csv",
    "gaps.csv",
    "memberships.csv",
    "requests.csv",
    "shared-access.csv",
    "tokens.csv",
  ]);
  for (const line of sums) {
    const text = readFileSync(join(place, line.slice(66)), "utf8");
    expect(createHash("sha256").update(text).digest("hex")).toBe(line.slice(0, 64));
    expect(text).not.toContain(gitlab.token);
  }
  const page = readFileSync(join(place, "estate.html"), "utf8");
  expect(page).toContain("deployer");
  expect(page).toContain("No state was given");
});
