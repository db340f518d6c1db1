import { readFileSync } from "node:fs";

const INTERVAL = 100;

/**
 * A killed engine cannot end its plugins. They notice by themselves that it is gone, even if it was gone before their
 * first check and another process is their parent by now.
 */
export function exitWithParent(): void {
  const parent = process.ppid;
  if (isAdopted(parent)) process.exit();
  setInterval(() => {
    if (process.ppid !== parent) process.exit();
  }, INTERVAL).unref();
}

/** Reports to the engine where this process listens. If the message cannot be read, the engine is gone. */
export function announce(line: string): void {
  process.stdout.on("error", () => process.exit());
  process.stdout.write(`${line}\n`);
}

/**
 * A process inherits its session from the parent that started it, unless it leads one of its own. So a parent in
 * another session has adopted this process from a dead one. The first process of a container may share the session; a
 * process that it adopts is then in another process group.
 */
function isAdopted(parent: number): boolean {
  if (process.platform !== "linux") return parent === 1;
  const own = groupsOf(process.pid);
  const others = groupsOf(parent);
  if (own === undefined || others === undefined) return false;
  if (own.session !== others.session) return own.session !== process.pid;
  return parent === 1 && own.group !== others.group && own.group !== process.pid;
}

interface Groups {
  readonly group: number;
  readonly session: number;
}

/** Undefined if /proc does not show it. */
function groupsOf(pid: number): Groups | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in front of these may itself contain blanks and brackets.
    const [, , group, session] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { group: Number(group), session: Number(session) };
  } catch {
    return undefined;
  }
}
