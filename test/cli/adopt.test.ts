import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Existing } from "../adopt/existing";
import { TestGitLab } from "../support/gitlab";
import { runGlsa, type Result } from "./run-glsa";

let gitlab: TestGitLab;
let folder: string;

beforeEach(async () => {
  gitlab = await TestGitLab.start();
  await Existing.make(gitlab);
  await gitlab.forgetRequests();
  folder = mkdtempSync(join(tmpdir(), "glsa-adopt-"));
});

afterEach(async () => {
  rmSync(folder, { recursive: true });
  await gitlab.close();
});

function adopt(...parameters: string[]): Promise<Result> {
  const job = { GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token };
  return runGlsa(["adopt", ...parameters], { cwd: folder, job });
}

const files = () => readdirSync(folder, { recursive: true }).map(String).sort();
const text = (name: string) => readFileSync(join(folder, name), "utf8");

test("glsa adopt writes a file and a provider, then nothing, and nothing to GitLab", async () => {
  const first = await adopt("--to", "hcl", "--output", "accounts.tf", "--stack", "mine");
  expect([first.code, first.stdout]).toEqual([0, ""]);
  expect(first.stderr).toContain("Wrote accounts.tf.\nWrote glsa.tf.\nTo be adopted: 6 accounts,");
  expect(first.stderr).toMatch(/^Left out, since it is named as .*: ai-review-platform\.$/m);
  expect(text("glsa.tf")).toContain('stack = "mine"');
  expect(text("accounts.tf")).toContain('resource "glsa_access_token" "platform_deployer_ci"');
  const second = await adopt("--to", "hcl", "--output", "accounts.tf");
  expect(second.stderr).toContain("There is nothing new to adopt.");
  expect(files()).toEqual(["accounts.tf", "glsa.tf"]);
  expect((await gitlab.writes()).filter((one) => one !== "POST /api/graphql")).toEqual([]);
  for (const said of [first.stderr, second.stderr, text("accounts.tf")]) {
    expect(said).not.toMatch(/glpat-|glsoat-/);
  }
});

test("a folder gets a file per account, and an index where the language has one", async () => {
  await adopt("--to", "cdktf", "--output", "src/", "--match", "*_bot", "--match", "blocked");
  expect(files()).toEqual(["src", "src/apps-bot.ts", "src/blocked.ts", "src/index.ts"]);
  expect(text("src/index.ts")).toContain("appsBot(scope);\n  blocked(scope);");
  await adopt("--to", "cdktf", "--output", "src/");
  expect(text("src/index.ts")).toContain("platformDeployer(scope);");
});

test("an index that was written by hand stays", async () => {
  writeFileSync(join(folder, "index.ts"), "// mine\n");
  await adopt("--to", "pulumi", "--output", ".", "--match", "blocked");
  expect(files()).toEqual(["blocked.ts", "index.ts"]);
  expect(text("index.ts")).toBe("// mine\n");
});

test("without an output it prints the code, and --dry-run only the cost", async () => {
  const printed = await adopt("--to", "pulumi", "--only", "accounts");
  expect(printed.stdout).toContain("export const platformDeployer = new ServiceAccount(");
  expect(printed.stdout).not.toContain("addToken");
  const dry = await adopt("--to", "pulumi", "--dry-run");
  expect(dry.stdout).toContain("requests in all");
  expect(files()).toEqual([]);
});

test.each([
  ["a file of another language", ["--output", "accounts.ts"], "must end in .tf"],
  ["a state that is none", ["--state", "none.json"], "none.json"],
  [
    "a kind that does not exist",
    ["--only", "variables"],
    "Kinds are accounts, tokens, memberships",
  ],
])("%s is refused before anything is asked", async (_, parameters, said) => {
  const { code, stderr } = await adopt("--to", "hcl", ...parameters);
  expect(code).toBe(1);
  expect(stderr).toContain(said);
  expect((await gitlab.requests()).total).toBe(0);
});
