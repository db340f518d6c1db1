import { execFile } from "node:child_process";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { SandboxHandle } from "../../src/sandbox";

const run = promisify(execFile);

/** Where built programs stay, outside the checkout. */
export const cacheFolder = join(
  process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"),
  "glsa",
  "strangers",
);

/**
 * Runs a program in another language against a stand-in of this process; answers the JSON it prints.
 * It must not block this process, which has to answer it.
 */
export async function observationsOf(
  command: readonly [string, ...string[]],
  { url, token }: SandboxHandle,
): Promise<Record<string, unknown>> {
  const [file, ...args] = command;
  const env = { ...process.env, GITLAB_URL: url, GITLAB_TOKEN: token };
  const { stdout } = await run(file, args, { env });
  return JSON.parse(stdout) as Record<string, unknown>;
}
