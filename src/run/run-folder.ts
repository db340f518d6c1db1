import { readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isAlive, processSpace, type ProcessIdentity } from "./engine-process";
import { privateFolder } from "./private-folder";

/** Another container's engine cannot be checked for life. No run takes so long. */
const ABANDONED_AFTER = 7 * 86_400_000;

/**
 * The folder that all providers of one engine share, readable by this user only. Folders of engines that have ended are
 * removed.
 */
export function runFolder(engine: ProcessIdentity, within: string = tmpdir()): string {
  const base = privateFolder(join(within, `glsa-runs-${process.geteuid?.() ?? 0}`));
  const space = processSpace();
  removeAbandoned(base, space);
  return privateFolder(join(base, `${engine.pid}-${engine.start}-${space}`));
}

/** What cannot be removed now is removed by the next run. */
function removeAbandoned(base: string, space: string): void {
  for (const name of readdirSync(base)) {
    const [, pid, start = "", place] = /^(\d+)-(\w+)-(\w+)$/.exec(name) ?? [];
    if (pid === undefined) continue;
    const path = join(base, name);
    try {
      const isAbandoned = place === space ? !isAlive({ pid: Number(pid), start }) : isOld(path);
      if (isAbandoned) rmSync(path, { recursive: true, force: true });
    } catch {
      // Another provider removes it too.
    }
  }
}

function isOld(path: string): boolean {
  const changed = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
  return Date.now() - changed > ABANDONED_AFTER;
}
