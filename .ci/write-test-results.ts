/** Writes docs/test-results.md: what `npm run test:all` printed last, where and when. Arguments: the closing line, seconds. */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { arch, cpus, platform } from "node:os";
import { engines } from "../test/support/engine";

const [closingLine = "", seconds = "0"] = process.argv.slice(2);

const commit = firstLine("git", "rev-parse", "--short", "HEAD");
const versions = engines().map(({ binary }) => firstLine(binary, "version"));

writeFileSync(
  "docs/test-results.md",
  `# Test results

<!-- Written by npm run test:all. -->

| What     | Value |
| -------- | ----- |
| Result   | ${closingLine} |
| Date     | ${new Date().toISOString().slice(0, 10)} |
| Commit   | ${commit} |
| Duration | ${Math.round(Number(seconds) / 60)} minutes on ${cpus().length} cores |
| Machine  | ${platform()} ${arch()}, Node ${process.versions.node} |
| Engines  | ${versions.join(", ")} |

Not run: a real GitLab, Windows and macOS.
`,
);
execFileSync("npx", ["prettier", "--write", "docs/test-results.md"], { stdio: "ignore" });

function firstLine(command: string, ...args: string[]): string {
  return execFileSync(command, args, { encoding: "utf8" }).split("\n", 1)[0]?.trim() ?? "";
}
