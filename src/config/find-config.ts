import { lstatSync, realpathSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** The name of the file that contains policies. */
export const CONFIG_FILE = "glsa.config.json";

/**
 * The files of a folder and of all folders above it, outermost first. Each tightens those before it. If a symbolic link
 * leads to the working folder, the folders above the link count too.
 */
export function findConfigs(folder: string): readonly string[] {
  const physical = resolve(folder);
  const files = [...logicalPaths(physical), physical].flatMap(filesAbove);
  const byTarget = new Map(files.map((file) => [targetOf(file), file]));
  return [...byTarget.values()];
}

/** The folder as the shell spells it, if that differs. */
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

/** A broken link exists too, and so does a file that cannot be read: a policy must not be missed silently. */
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
