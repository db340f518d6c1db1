import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** Of the engine, its own path first; empty where the system does not show it. */
export function commandLine(): string[] {
  const engine = String(process.ppid);
  try {
    if (process.platform === "linux") {
      return readFileSync(`/proc/${engine}/cmdline`, "utf8").split("\0");
    }
    const options = { encoding: "utf8", timeout: 2000 } as const;
    return execFileSync("ps", ["-ww", "-o", "args=", "-p", engine], options).trim().split(/\s+/);
  } catch {
    return [];
  }
}

/** What the environment adds to the engine's command line, of whatever command. */
export function addedWords(environment: NodeJS.ProcessEnv): string[] {
  return Object.entries(environment)
    .filter(([name]) => name === "TF_CLI_ARGS" || name.startsWith("TF_CLI_ARGS_"))
    .flatMap(([, value]) => (value ?? "").split(/\s+/));
}
