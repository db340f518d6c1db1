import { spawn } from "node:child_process";
import type { Reply } from "./engine";
import type { ProgramOptions } from "./run-engine";

/** An engine that hangs is no answer. */
const LONGEST = 120_000;

/** Runs an engine and prints nothing of it. */
export function askEngine(
  program: string,
  parameters: readonly string[],
  { cwd, env }: ProgramOptions,
): Promise<Reply> {
  return new Promise((done) => {
    const child = spawn(program, parameters, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: LONGEST,
    });
    const said = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => (said.stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (said.stderr += text));
    child.on("error", ({ message }) => done({ succeeded: false, text: "", words: message }));
    child.on("close", (code) => {
      const words = said.stderr.trim() === "" ? said.stdout : said.stderr;
      done({ succeeded: code === 0, text: said.stdout, words: withoutFrames(words) });
    });
  });
}

/** Engines draw frames around errors. */
function withoutFrames(words: string): string {
  return words
    .split("\n")
    .map((line) => line.replace(/^[\u2500-\u257f ]+/, "").trim())
    .filter((line) => line !== "")
    .join(" ");
}
