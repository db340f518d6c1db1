import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** The name of the file that policies are written in. */
export const CONFIG_FILE = "glsa.config.json";

/** The file of a folder, or of the nearest folder above that has one. */
export function findConfig(folder: string): string | undefined {
  const present = resolve(folder);
  const file = join(present, CONFIG_FILE);
  if (existsSync(file)) return file;
  const above = dirname(present);
  return above === present ? undefined : findConfig(above);
}
