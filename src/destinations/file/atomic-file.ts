import { randomBytes } from "node:crypto";
import { open, readdir, readFile, rename, rm, stat, type FileHandle } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** Everything of a file that replacing it could change. */
export interface FileContent {
  readonly bytes: Buffer;
  readonly mode: number;
  readonly owner: FileOwner;
}

export interface FileOwner {
  readonly uid: number;
  readonly gid: number;
}

/** Something that is there and is not a file: to open it could wait for ever, or do something. */
export class NotAFileError extends Error {}

/** Undefined where there is nothing. */
export async function readContent(path: string): Promise<FileContent | undefined> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw new NotAFileError("it is a folder");
    if (!found.isFile()) throw new NotAFileError("it is a pipe, a device or a socket, not a file");
    const { uid, gid, mode } = found;
    return { bytes: await readFile(path), mode: mode & 0o777, owner: { uid, gid } };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** A reader sees the old content or the new, never a part, and never with wider permissions. */
export async function replaceFile(
  path: string,
  content: { readonly bytes: Buffer | string; readonly mode: number; readonly owner?: FileOwner },
): Promise<void> {
  const draft = join(dirname(path), `${draftPrefix(path)}${randomBytes(6).toString("hex")}`);
  try {
    const handle = await open(draft, "wx", 0o600);
    try {
      await handle.writeFile(content.bytes);
      await giveTo(handle, content.owner);
      await handle.chmod(content.mode);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** Removes what runs that were killed in the middle of a write left beside the file. */
export async function removeDrafts(path: string): Promise<void> {
  const folder = dirname(path);
  const prefix = draftPrefix(path);
  for (const name of await readdir(folder)) {
    const isDraft = name.startsWith(prefix) && /^[0-9a-f]{12}$/.test(name.slice(prefix.length));
    if (isDraft) await rm(join(folder, name), { force: true });
  }
}

function draftPrefix(path: string): string {
  return `.${basename(path)}.glsa-`;
}

async function giveTo(handle: FileHandle, owner: FileOwner | undefined): Promise<void> {
  if (owner === undefined) return;
  const { uid, gid } = await handle.stat();
  if (uid !== owner.uid || gid !== owner.gid) await handle.chown(owner.uid, owner.gid);
}

/** Whether this process may create a file with a given owner. */
export function mayGiveTo({ uid, gid }: FileOwner): boolean {
  const { geteuid, getegid, getgroups } = process;
  if (geteuid === undefined || geteuid() === 0) return true;
  return uid === geteuid() && [getegid?.(), ...(getgroups?.() ?? [])].includes(gid);
}
