import { spawn, type ChildProcess, type ChildProcessWithoutNullStreams } from "node:child_process";
import type { Readable } from "node:stream";

export interface Program {
  readonly argv: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  readonly input: string;
  /** In milliseconds. */
  readonly timeout: number;
}

interface Output {
  readonly stderr: string;
  readonly stdout: string;
}

export type Ended = { readonly output: Output } & (
  | { readonly kind: "exited"; readonly code: number }
  | { readonly kind: "signalled"; readonly signal: NodeJS.Signals }
  | { readonly kind: "timed_out" }
  | { readonly kind: "not_started"; readonly reason: string }
);

/** After its end a program's descendants may hold its output open for ever. */
const LAST_OUTPUT_WITHIN = 500;
/** Between asking a program that takes too long to end and ending it. */
const GRACE = 2000;

/** Runs a program to its end, with what it started, and never longer than its time. */
export async function runProgram({ argv, environment, input, timeout }: Program): Promise<Ended> {
  const [file = "", ...args] = argv;
  let child: ChildProcessWithoutNullStreams;
  try {
    // A process group of its own, so that all of it can be ended.
    child = spawn(file, args, { env: environment, detached: true, stdio: "pipe" });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: "not_started", reason, output: { stdout: "", stderr: "" } };
  }
  const stdout = new Tail(child.stdout);
  const stderr = new Tail(child.stderr);
  const output = () => ({ stdout: stdout.text, stderr: stderr.text });
  // A program need not read its input; whether all is well its exit tells.
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  return new Promise((resolve) => {
    const limit = new TimeLimit(child, timeout);
    const settle = (ended: Ended) => {
      limit.clear();
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
      resolve(ended);
    };
    child.once("error", ({ message }) =>
      settle({ kind: "not_started", reason: message, output: output() }),
    );
    child.once("exit", (code, signal) => {
      const end = () => {
        if (limit.isExceeded) settle({ kind: "timed_out", output: output() });
        else if (signal !== null) settle({ kind: "signalled", signal, output: output() });
        else settle({ kind: "exited", code: code ?? 0, output: output() });
      };
      const patience = setTimeout(end, LAST_OUTPUT_WITHIN);
      child.once("close", () => {
        clearTimeout(patience);
        end();
      });
    });
  });
}

/** Ends a program and all that it started when its time is over. */
class TimeLimit {
  isExceeded = false;
  private timer: NodeJS.Timeout;

  constructor(
    private readonly child: ChildProcess,
    timeout: number,
  ) {
    this.timer = setTimeout(() => {
      this.isExceeded = true;
      this.signalGroup("SIGTERM");
      this.timer = setTimeout(() => this.signalGroup("SIGKILL"), GRACE);
    }, timeout);
  }

  clear(): void {
    clearTimeout(this.timer);
    // The program itself may have ended while what it started goes on.
    if (this.isExceeded) this.signalGroup("SIGKILL");
  }

  private signalGroup(signal: NodeJS.Signals): void {
    if (this.child.pid === undefined) return;
    try {
      process.kill(-this.child.pid, signal);
    } catch {
      // Nothing of the group is left.
    }
  }
}

const LONGEST_TAIL = 65_536;

/** The end of what a program wrote. */
class Tail {
  private kept = "";
  private isCut = false;

  constructor(stream: Readable) {
    stream.setEncoding("utf8");
    stream.on("error", () => undefined);
    stream.on("data", (chunk: string) => {
      this.kept += chunk;
      if (this.kept.length <= LONGEST_TAIL) return;
      this.kept = this.kept.slice(-LONGEST_TAIL);
      this.isCut = true;
    });
  }

  /** Without the line that was cut, since of a value cut in two no part would be recognised. */
  get text(): string {
    return this.isCut ? this.kept.slice(this.kept.indexOf("\n") + 1) : this.kept;
  }
}
