import { readlinkSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

/** As many as Linux follows. */
const MOST_LINKS = 40;

/** The one path of a file, whether or not it exists yet: links are followed, `.` and `..` resolved. */
export function realPathOf(path: string, links = MOST_LINKS): string {
  const absolute = resolve(path);
  try {
    return realpathSync.native(absolute);
  } catch {
    // It does not exist, or a link on the way leads to nothing.
  }
  const target = linkTarget(absolute);
  if (target !== undefined && links > 0) return realPathOf(target, links - 1);
  const folder = dirname(absolute);
  return folder === absolute ? absolute : join(realPathOf(folder, links), basename(absolute));
}

/** The same for all names of a file that has several; undefined for any other. */
export function hardLinkIdentity(path: string): string | undefined {
  try {
    const { nlink, dev, ino } = statSync(path);
    return nlink < 2 ? undefined : `${dev}:${ino}`;
  } catch {
    return undefined;
  }
}

function linkTarget(path: string): string | undefined {
  try {
    return resolve(dirname(path), readlinkSync(path));
  } catch {
    return undefined;
  }
}
