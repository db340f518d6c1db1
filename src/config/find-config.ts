import { lstatSync, realpathSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** The name of the file that policies are written in. */
export const CONFIG_FILE = "glsa.config.json";

/**
 * The files of a folder and of all folders above it, outermost first: each tightens those before it.
 * A working folder that a symbolic link leads to is also below what stands above the link.
 */
export function findConfigs(folder: string): readonly string[] {
  const physical = resolve(folder);
  const files = [...logicalPaths(physical), physical].flatMap(filesAbove);
  const byTarget = new Map(files.map((file) => [targetOf(file), file]));
  return [...byTarget.values()];
}

/** The shell's own spelling of the folder, where it differs. */
function logicalPaths(physical: string): readonly string[] {
  const { PWD: spelled } = process.env;
  if (spelled === undefined || resolve(spelled) === physical) return [];
  return targetOf(spelled) === targetOf(physical) ? [resolve(spelled)] : [];
}

function filesAbove(folder: string): readonly string[] {
  const above = dirname(folder);
  const outer = above === folder ? [] : filesAbove(above);
  const file = join(folder, CONFIG_FILE);
  return isThere(file) ? [...outer, file] : outer;
}

/** A link that leads nowhere is there, too, and so is what may not be looked at: a policy must not be missed silently. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return true;
  }
}

function targetOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
