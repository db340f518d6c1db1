import { spawn } from "node:child_process";
import { CodedError } from "../model/code";
import { EngineFailure, EngineStopped } from "./engine-failure";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export interface ProgramOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Runs an engine to its end. It is a process group of its own and hears each signal once, from here: a second one would
 * make it drop what it is writing.
 * @returns what it printed on standard output, where `capture` asks for it; else that goes to standard error
 * @throws EngineFailure where it fails, EngineStopped where it was told to stop
 */
export async function runEngine(
  program: string,
  parameters: readonly string[],
  options: ProgramOptions & { readonly capture: boolean },
): Promise<string> {
  const step = [program, parameters[0] ?? ""].join(" ");
  const { cwd, env, capture } = options;
  const child = spawn(program, parameters, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => {
    if (capture) chunks.push(chunk);
    else process.stderr.write(chunk);
  });
  child.stderr.on("data", (chunk: Buffer) => process.stderr.write(chunk));
  let isStopped = false;
  const pass = (signal: NodeJS.Signals) => {
    isStopped = true;
    child.kill(signal);
  };
  for (const signal of SIGNALS) process.on(signal, pass);
  try {
    const ended = await endOf(child, program);
    if (isStopped) throw new EngineStopped(step);
    if (ended !== "0") throw new EngineFailure(step, `ended with ${ended}`);
    return Buffer.concat(chunks).toString("utf8");
  } finally {
    for (const signal of SIGNALS) process.off(signal, pass);
  }
}

function endOf(child: ReturnType<typeof spawn>, program: string): Promise<string> {
  return new Promise((done, failed) => {
    child.on("error", (failure: NodeJS.ErrnoException) => {
      const why = failure.code === "ENOENT" ? "it is not on PATH" : failure.message;
      failed(new CodedError("engine-not-found", `${program} cannot be started: ${why}.`));
    });
    child.on("close", (code, signal) => done(String(code ?? signal)));
  });
}
