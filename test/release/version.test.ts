import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { notesOf } from "../../.config/release/changelog";

const COMMAND = resolve(".config/release/version.ts");
const TSX = resolve("node_modules/.bin/tsx");
const CHANGELOG = "# Changelog\n\n## Unreleased\n\n- New.\n\n## 0.1.0 (2026-01-01)\n\n- First.\n";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "glsa-version-"));
  writeFileSync(join(folder, "CHANGELOG.md"), CHANGELOG);
  writeFileSync(join(folder, "package.json"), '{ "name": "x", "version": "0.1.0" }\n');
  git("init", "--quiet");
  git("config", "user.name", "Tester");
  git("config", "user.email", "tester@example.com");
  git("add", "--all");
  git("commit", "--quiet", "--message", "Begin");
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function git(...args: string[]): string {
  return execFileSync("git", args, { cwd: folder, encoding: "utf8" });
}

function release(version: string) {
  const { status, stderr } = spawnSync(TSX, [COMMAND, version], { cwd: folder, encoding: "utf8" });
  return { status, stderr };
}

test("a version is one commit with its changes, and a tag", () => {
  expect(release("0.2.0")).toEqual({ status: 0, stderr: "" });
  const changelog = readFileSync(join(folder, "CHANGELOG.md"), "utf8");
  expect(changelog).toMatch(/## Unreleased\n\n## 0\.2\.0 \(\d{4}-\d\d-\d\d\)\n\n- New\./);
  expect(git("show", "v0.2.0:package.json")).toMatch(/"version": ?"0.2.0"/);
  expect(git("status", "--porcelain")).toBe("");
  expect(notesOf(changelog, "0.2.0")).toBe("- New.\n");
});

test("nothing is released twice, with nothing new, or from changes that are not committed", () => {
  release("0.2.0");
  expect(release("0.2.0").stderr).toContain("There is a tag v0.2.0 already");
  expect(release("0.3.0").stderr).toContain('nothing below "Unreleased"');
  writeFileSync(join(folder, "more.txt"), "");
  expect(release("0.4.0").stderr).toContain("not committed");
  expect(release("next").stderr).toContain("Name a version");
});

test("the notes of a version that has no section yet are the unreleased ones", () => {
  expect(notesOf(CHANGELOG, "0.2.0")).toBe("- New.\n");
  expect(notesOf(CHANGELOG, "0.1.0")).toBe("- First.\n");
});
