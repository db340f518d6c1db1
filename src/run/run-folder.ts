import { readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isAlive, processNamespace, type ProcessIdentity } from "./engine-process";
import { privateFolder } from "./private-folder";

/** Another container's engine cannot be asked whether it is alive; none of them runs so long. */
const ABANDONED_AFTER = 7 * 86_400_000;

/** The folder that all providers of one engine find, and nobody else looks into. Those of engines that ended go. */
export function runFolder(engine: ProcessIdentity): string {
  const base = privateFolder(join(tmpdir(), `glsa-runs-${process.geteuid?.() ?? 0}`));
  const namespace = processNamespace();
  removeAbandoned(base, namespace);
  return privateFolder(join(base, `${engine.pid}-${engine.start}-${namespace}`));
}

function removeAbandoned(base: string, namespace: string): void {
  for (const name of readdirSync(base)) {
    const [, pid, start = "", place] = /^(\d+)-(\w+)-(\d+)$/.exec(name) ?? [];
    if (pid === undefined) continue;
    const path = join(base, name);
    const isAbandoned = place === namespace ? !isAlive({ pid: Number(pid), start }) : isOld(path);
    // Another provider may be removing it too.
    if (isAbandoned) rmSync(path, { recursive: true, force: true, maxRetries: 2 });
  }
}

function isOld(path: string): boolean {
  const changed = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
  return Date.now() - changed > ABANDONED_AFTER;
}
