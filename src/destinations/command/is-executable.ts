import { access, constants, stat } from "node:fs/promises";
import { delimiter, join } from "node:path";

/** Whether a program, by its path or its name in PATH, may be run. */
export async function isExecutable(program: string, path: string): Promise<boolean> {
  if (program === "") return false;
  const candidates = program.includes("/")
    ? [program]
    : path.split(delimiter).map((folder) => join(folder || ".", program));
  for (const candidate of candidates) {
    if (await isExecutableFile(candidate)) return true;
  }
  return false;
}

async function isExecutableFile(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
