import { runInThisContext } from "node:vm";

/** What the watcher tells, one line of JSON each. */
export type WatcherFact =
  | { readonly kind: "started"; readonly group: number }
  | { readonly kind: "not_started"; readonly reason: string }
  | { readonly kind: "exited"; readonly code: number }
  | { readonly kind: "signalled"; readonly signal: NodeJS.Signals };

/**
 * The watcher's descriptors: what it is told, what it tells, and the program's standard output and error. Not its own 1
 * and 2: those Node may make non-blocking, and the program's writes would fail.
 */
export const DESCRIPTORS = { control: 0, facts: 1, stdout: 3, stderr: 4 } as const;

/**
 * Runs in a process of its own, which starts the program and holds one end of a pipe. When the other end is gone, the
 * provider is, however it ended, and the program's process group is ended at once: a later run may deliver a newer
 * value, which a late program must not overwrite. The program starts only when its whole input is here, so that a
 * provider that dies meanwhile leaves no program with an empty one.
 *
 * JavaScript as text, since the provider is one file, and a second start of all of it would take five times as long. It
 * uses its standard input and output, which Bun holds open, and no socket of a descriptor, which Bun closes at once.
 */
const WATCHER = `
const { spawn } = require("node:child_process");

let received = "";
let group;

function tell(fact, then) {
  process.stdout.write(JSON.stringify(fact) + "\\n", then);
}

function finish(fact) {
  group = undefined;
  tell(fact, () => process.exit());
}

function start({ argv: [file = "", ...args], environment, input }) {
  try {
    // A process group of its own, so that all of it can be ended.
    const options = { env: environment, detached: true, stdio: ["pipe", ${DESCRIPTORS.stdout}, ${DESCRIPTORS.stderr}] };
    const program = spawn(file, args, options);
    group = program.pid;
    if (group !== undefined) tell({ kind: "started", group });
    program.once("error", ({ message }) => finish({ kind: "not_started", reason: message }));
    program.once("exit", (code, signal) =>
      finish(signal === null ? { kind: "exited", code } : { kind: "signalled", signal }),
    );
    // A program need not read its input; whether all is well its exit tells.
    program.stdin.on("error", () => {});
    program.stdin.end(input);
  } catch (error) {
    finish({ kind: "not_started", reason: error.message });
  }
}

function end() {
  try {
    if (group !== undefined) process.kill(-group, "SIGKILL");
  } finally {
    process.exit();
  }
}

process.stdout.on("error", () => {});
process.stdin.setEncoding("utf8");
process.stdin.on("data", (chunk) => {
  received += chunk;
  if (received.endsWith("\\n")) start(JSON.parse(received));
});
process.stdin.on("error", () => {});
process.stdin.once("end", end);
process.stdin.once("close", end);
`;

/** Node's arguments for a watcher. */
export const WATCHER_ARGUMENTS = ["-e", WATCHER];

/** What a watcher is called. An executable of a release takes no script: it knows by this name what it is. */
export const WATCHER_NAME = "glsa-watcher";

/** Is a watcher, where the process was started as one and had no script to run. */
export function runWatcher(): void {
  const watch = runInThisContext(`(require) => {${WATCHER}}`) as (require: unknown) => void;
  watch((name: string) => process.getBuiltinModule(name));
}
