import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What a dependency lock file says of one provider. */
export interface LockedProvider {
  readonly version: string;
  readonly hashes: readonly string[];
}

const LOCK_FILE = ".terraform.lock.hcl";

/** Null where the file does not name it, undefined where there is no file. */
export function lockedProvider(folder: string, address: string): LockedProvider | null | undefined {
  const path = join(folder, LOCK_FILE);
  if (!existsSync(path)) return undefined;
  const text = readFileSync(path, "utf8");
  const start = text.indexOf(`provider "${address}" {`);
  if (start < 0) return null;
  const block = text.slice(start, text.indexOf("\n}", start));
  const version = /^\s*version\s*=\s*"([^"]+)"/m.exec(block)?.[1] ?? "";
  const hashes = [...block.matchAll(/"((?:h1|zh):[^"]+)"/g)].map(([, hash]) => hash ?? "");
  return { version, hashes };
}
