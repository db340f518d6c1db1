import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/* What core does not tell its providers, and what its process, the parent of this one, shows. */

/** The number of objects at once, unless the engine is configured otherwise. */
const DEFAULT_PARALLELISM = 10;
const DEFAULT_WORKSPACE = "default";

/**
 * Whether the engine requests so many objects at once that a missing one is waiting for another. With `-parallelism=1`
 * the order says nothing about dependencies.
 */
export function asksForManyAtOnce(
  command: readonly string[] = commandLine(),
  environment: NodeJS.ProcessEnv = process.env,
): boolean {
  if (command.length === 0) return false;
  const words = [...command, ...addedWords(environment)].map((word) => word.replace(/["']/g, ""));
  return words.every((word, at) => {
    const [, value = words[at + 1]] = /^--?parallelism(?:=(.*))?$/.exec(word) ?? ["", "10"];
    return Number(value) >= DEFAULT_PARALLELISM;
  });
}

/** Whether the engine applies what it has planned with a refresh. */
export function isAppliedAfterRefresh(
  command: readonly string[] = commandLine(),
  environment: NodeJS.ProcessEnv = process.env,
): boolean {
  const [, ...words] = command;
  if ([...words, ...addedWords(environment)].some((word) => /^--?refresh\b/.test(word)))
    return false;
  return words.find((word) => !word.startsWith("-")) === "apply";
}

/** Options of the engine whose value may be the next word. */
const VALUED =
  /^--?(var|var-file|target|target-file|exclude|exclude-file|replace|state|state-out|backup|lock-timeout|parallelism|out|encryption)$/;

/** Whether the engine applies a plan of another run, or may do so, as far as can be seen. */
export function appliesSavedPlan(command: readonly string[] = commandLine()): boolean {
  const [engine, ...words] = command;
  if (engine === undefined) return true;
  const named = words.filter(
    (word, at) => word !== "" && !word.startsWith("-") && !VALUED.test(words[at - 1] ?? ""),
  );
  return named[0] === "apply" && named.length > 1;
}

/** The engine's arguments, its own path first. Empty if the system does not show them. */
function commandLine(): string[] {
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

/** What the environment adds to the engine's command line, for every command. */
function addedWords(environment: NodeJS.ProcessEnv): string[] {
  return Object.entries(environment)
    .filter(([name]) => name === "TF_CLI_ARGS" || name.startsWith("TF_CLI_ARGS_"))
    .flatMap(([, value]) => (value ?? "").split(/\s+/));
}

/**
 * The workspace that core uses. Core starts its providers in its own folder, where it stores the choice of `workspace
 * select`.
 */
export function workspaceName(env: NodeJS.ProcessEnv, folder: string): string {
  return (
    env["TF_WORKSPACE"] ||
    chosenIn(resolve(folder, env["TF_DATA_DIR"] || ".terraform")) ||
    DEFAULT_WORKSPACE
  );
}

function chosenIn(dataFolder: string): string {
  try {
    return readFileSync(join(dataFolder, "environment"), "utf8").trim();
  } catch {
    // Written only by the first choice.
    return "";
  }
}
