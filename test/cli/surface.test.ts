import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { packageVersion } from "../support/glsa";
import { deletion, plan } from "./plans";
import { runGlsa } from "./run-glsa";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "glsa-surface-"));
  writeFileSync(join(folder, "plan.json"), plan([deletion]));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.each(["-v", "--version"])("%s prints the version alone", async (option) => {
  const run = await runGlsa([option], { cwd: folder });
  expect(run).toEqual({ code: 0, stdout: `${packageVersion()}\n`, stderr: "" });
});

describe("a file that a command is to write", () => {
  test.each([
    ["--output", "markdown=missing/review.md"],
    ["--html", "missing/review.html"],
  ])("in a folder that does not exist is refused (%s)", async (option, value) => {
    const run = await runGlsa(["review", "plan.json", option, value], { cwd: folder });
    expect(run.code).toBe(1);
    expect(run.stderr).toContain(`The folder ${join(folder, "missing")} does not exist.`);
    expect(existsSync(join(folder, "missing"))).toBe(false);
  });

  test.each(["GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT"])("keeps what %s holds", async (name) => {
    const shared = join(folder, "shared");
    writeFileSync(shared, "of another step\n");
    const parameters = ["review", "plan.json", "--output", `markdown=${shared}`];
    await runGlsa(parameters, { cwd: folder, job: { [name]: shared } });
    expect(readFileSync(shared, "utf8")).toMatch(/^of another step\n.+/s);
  });

  test("replaces a file of its own", async () => {
    writeFileSync(join(folder, "review.md"), "older");
    await runGlsa(["review", "plan.json", "--output", "markdown=review.md"], { cwd: folder });
    expect(readFileSync(join(folder, "review.md"), "utf8")).not.toContain("older");
  });
});

describe("glsa complete", () => {
  test.each(["bash", "zsh", "fish", "powershell"])("prints a script for %s", async (shell) => {
    const run = await runGlsa(["complete", shell], { cwd: folder });
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(/glsa complete '?--/);
  });

  test("bash reads its script without a complaint", async () => {
    const { stdout } = await runGlsa(["complete", "bash"], { cwd: folder });
    expect(spawnSync("bash", ["-n"], { input: stdout }).status).toBe(0);
  });

  test.each([
    [["inst"], "install"],
    [["install", "--f"], "--from"],
    [["install", "--for", ""], "folder"],
    [["review", "--format", ""], "markdown"],
  ])("completes %p", async (words, expected) => {
    const run = await runGlsa(["complete", "--", ...words], { cwd: folder });
    expect(run.stdout).toContain(expected);
  });
});
