import { spawn, type ChildProcess } from "node:child_process";
import type { Duplex, Readable } from "node:stream";
import { DESCRIPTORS, WATCHER_ARGUMENTS, WATCHER_NAME, type WatcherFact } from "./program-watcher";

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
  Exclude<WatcherFact, { kind: "started" }> | { readonly kind: "timed_out" }
);

/** After its end a program's descendants may hold its output open for ever. */
const LAST_OUTPUT_WITHIN = 500;
/** Between asking a program that takes too long to end and ending it. */
const GRACE = 2000;

/** Runs a program to its end, with what it started, and never longer than its time or than this process lives. */
export async function runProgram({ argv, environment, input, timeout }: Program): Promise<Ended> {
  const watcher = startWatcher(environment);
  if (watcher instanceof Error) return notStarted(watcher);
  const { process: child, control, facts } = watcher;
  const stdout = new Tail(watcher.stdout);
  const stderr = new Tail(watcher.stderr);
  for (const pipe of [control, facts]) pipe.on("error", () => undefined);
  control.write(`${JSON.stringify({ argv, environment, input })}\n`);
  return new Promise((resolve) => {
    const limit = new TimeLimit(timeout);
    let last: WatcherFact | undefined;
    const settle = () => {
      limit.clear();
      for (const pipe of [control, facts, watcher.stdout, watcher.stderr]) pipe.destroy();
      const output = { stdout: stdout.text, stderr: stderr.text };
      if (limit.isExceeded) resolve({ kind: "timed_out", output });
      else resolve({ ...endOf(last), output });
    };
    readFacts(facts, (fact) => {
      last = fact;
      if (fact.kind === "started") return limit.begin(fact.group);
      const patience = setTimeout(settle, LAST_OUTPUT_WITHIN);
      child.once("close", () => clearTimeout(patience));
    });
    child.once("close", settle);
  });
}

interface Watcher {
  readonly process: ChildProcess;
  readonly control: Duplex;
  readonly facts: Duplex;
  readonly stdout: Duplex;
  readonly stderr: Duplex;
}

function startWatcher(environment: NodeJS.ProcessEnv): Watcher | Error {
  try {
    // A session of its own: what ends this process's group must leave the watcher to its work.
    const child = spawn(process.execPath, WATCHER_ARGUMENTS, {
      argv0: WATCHER_NAME,
      env: withoutNodeSettings(environment),
      detached: true,
      stdio: ["pipe", "pipe", "ignore", "pipe", "pipe"],
    });
    child.once("error", () => undefined);
    if (child.pid === undefined) return new Error("this machine starts no further process");
    const pipe = (name: keyof typeof DESCRIPTORS) =>
      (child.stdio as unknown as readonly Duplex[])[DESCRIPTORS[name]] as Duplex;
    return {
      process: child,
      control: pipe("control"),
      facts: pipe("facts"),
      stdout: pipe("stdout"),
      stderr: pipe("stderr"),
    };
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function notStarted({ message }: Error): Ended {
  return { kind: "not_started", reason: message, output: { stdout: "", stderr: "" } };
}

/** A watcher that was ended from outside takes what it watched with it. */
function endOf(last: WatcherFact | undefined): Exclude<WatcherFact, { kind: "started" }> {
  if (last === undefined) return { kind: "not_started", reason: "its watcher was ended" };
  return last.kind === "started" ? { kind: "signalled", signal: "SIGKILL" } : last;
}

/** They are meant for the program, and would change or break the watcher. */
function withoutNodeSettings(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !name.startsWith("NODE_")),
  );
}

function readFacts(control: Readable, take: (fact: WatcherFact) => void): void {
  let received = "";
  control.setEncoding("utf8");
  control.on("data", (chunk: string) => {
    const lines = (received + chunk).split("\n");
    received = lines.pop() ?? "";
    for (const line of lines) take(JSON.parse(line) as WatcherFact);
  });
}

/** Ends a program and all that it started when its time is over. */
class TimeLimit {
  isExceeded = false;
  private timer: NodeJS.Timeout | undefined;
  private group: number | undefined;

  constructor(private readonly timeout: number) {}

  begin(group: number): void {
    this.group = group;
    this.timer = setTimeout(() => {
      this.isExceeded = true;
      this.signalGroup("SIGTERM");
      this.timer = setTimeout(() => this.signalGroup("SIGKILL"), GRACE);
    }, this.timeout);
  }

  clear(): void {
    clearTimeout(this.timer);
    // The program itself may have ended while what it started goes on.
    if (this.isExceeded) this.signalGroup("SIGKILL");
  }

  private signalGroup(signal: NodeJS.Signals): void {
    if (this.group === undefined) return;
    try {
      process.kill(-this.group, signal);
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
