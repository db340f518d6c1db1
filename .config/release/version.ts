/** `npm run release:version -- X.Y.Z`: version, CHANGELOG and tag as one commit. Nothing leaves this machine. */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { released } from "./changelog";

const [wanted = ""] = process.argv.slice(2);

function git(...args: string[]): string {
  return execFileSync("git", args, { encoding: "utf8" }).trim();
}

function problem(): string | undefined {
  if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(wanted)) return "Name a version, such as 0.2.0.";
  if (git("status", "--porcelain") !== "") return "There are changes that are not committed.";
  if (git("tag", "--list", `v${wanted}`) !== "") return `There is a tag v${wanted} already.`;
  return undefined;
}

function main(): void {
  const refusal = problem();
  if (refusal !== undefined) throw new Error(refusal);
  const date = new Date().toISOString().slice(0, 10);
  const changelog = released(readFileSync("CHANGELOG.md", "utf8"), wanted, date);
  writeFileSync("CHANGELOG.md", changelog);
  const bump = ["version", "--no-git-tag-version", "--allow-same-version", wanted];
  execFileSync("npm", bump, { stdio: "ignore" });
  git("commit", "--quiet", "--all", "--message", `Release ${wanted}`);
  git("tag", "--annotate", `v${wanted}`, "--message", `glsa ${wanted}`);
  process.stdout.write(`Tagged v${wanted}. Push it: git push --follow-tags\n`);
}

try {
  main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
