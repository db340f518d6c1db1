import { lstatSync, mkdirSync } from "node:fs";

/** Creates a folder that only this user can read, or uses the existing one if it is private. */
export function privateFolder(path: string): string {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw cause;
  }
  refuseForeign(path);
  return path;
}

/** In a folder that everyone can write to, the name may have been taken on purpose. */
function refuseForeign(path: string): void {
  const found = lstatSync(path);
  if (!found.isDirectory()) throw new Error(`${path} is not a folder`);
  const user = process.geteuid?.();
  if (user !== undefined && found.uid !== user) throw new Error(`${path} belongs to another user`);
  if ((found.mode & 0o077) !== 0) throw new Error(`${path} is open to other users`);
}
