import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { startSandbox } from "glsa/sandbox";
import type { Instance } from "./workspace";

/** Prints one line that says what is shown, then what came of it. */
export type Show = (title: string, ...lines: string[]) => void;

const PROGRAM = resolve(__dirname, "../../dist/bin/glsa.js");
/** A file for each account of one group. */
const CODE = ["--group", "platform", "--to", "hcl", "--output", "code/"];
/** Exit codes of an audit that has looked: nothing, findings, grave findings. */
const LOOKED = [0, 2, 3];

/** An estate that grew by hand is looked at, and written down as code. Asks GitLab questions alone. */
export async function showEstate(show: Show): Promise<void> {
  const gitlab = await startSandbox({ now: "2026-06-01T08:00:00Z", seed: "small" });
  try {
    const folder = mkdtempSync(join(tmpdir(), "glsa-estate-"));
    const audit = (...options: string[]) => glsa(gitlab, folder, "audit", ...options);
    show(
      `A stand-in GitLab with accounts that nobody wrote down runs at ${gitlab.url}. What an audit would ask:`,
      ...(await audit("--dry-run")),
    );
    show("The audit:", ...(await audit("--html", "estate.html")));
    const written = await glsa(gitlab, folder, "adopt", ...CODE);
    const files = readdirSync(join(folder, "code"));
    show(
      `One of ${files.length} files that glsa adopt wrote:`,
      ...written,
      ...firstOf(folder, files),
    );
    show(`The page to look at, and the code: ${folder}`);
  } finally {
    await gitlab.close();
  }
}

function firstOf(folder: string, files: readonly string[]): string[] {
  const [first] = files.filter((name) => name !== "glsa.tf").sort();
  const text = readFileSync(join(folder, "code", String(first)), "utf8");
  return text.split("\n").slice(0, 24);
}

/** Not the synchronous form: the stand-in answers from this same process. */
function glsa(gitlab: Instance, cwd: string, ...parameters: string[]): Promise<string[]> {
  const env = {
    ...process.env,
    GITLAB_BASE_URL: gitlab.url,
    GITLAB_TOKEN: gitlab.token,
    COLUMNS: "100",
  };
  return new Promise((done, failed) => {
    execFile(
      process.execPath,
      [PROGRAM, ...parameters],
      { cwd, env },
      (failure, stdout, stderr) => {
        const code = failure === null ? 0 : Number(failure.code);
        if (!LOOKED.includes(code)) failed(new Error(stderr));
        else done(`${stdout}${parameters[0] === "adopt" ? stderr : ""}`.trimEnd().split("\n"));
      },
    );
  });
}
