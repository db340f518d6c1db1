import { execFile } from "node:child_process";
import { resolve } from "node:path";

export const GLSA = resolve(__dirname, "../../dist/bin/glsa.js");

export interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly cwd: string;
  /** What is piped in. */
  readonly input?: string;
  /** The variables of a job; without them it runs in no pipeline. */
  readonly job?: Readonly<Record<string, string>>;
}

/** Runs the built command. */
export function runGlsa(
  parameters: readonly string[],
  { cwd, input = "", job = {} }: Surroundings,
): Promise<Result> {
  const { PATH } = process.env;
  return new Promise((done) => {
    const child = execFile(
      process.execPath,
      [GLSA, ...parameters],
      { cwd, env: { PATH, ...job } },
      (error, stdout, stderr) =>
        done({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr }),
    );
    child.stdin?.end(input);
  });
}
