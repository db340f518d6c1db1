/** Archives whose bytes follow from their content alone. */
import { buffer } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { pack } from "tar-stream";
import { ZipFile } from "yazl";
import type { Entry } from "./contents";

/** The earliest that a zip can tell. */
const NO_DATE = new Date(1980, 0, 1);

export async function zip(entries: readonly Entry[]): Promise<Buffer> {
  const file = new ZipFile();
  for (const { name, content, isExecutable } of entries) {
    // The old form of dates is the builder's local time, as is NO_DATE, so that the zone is not told.
    file.addBuffer(content, name, {
      mtime: NO_DATE,
      forceDosTimestamp: true,
      mode: 0o100000 | mode(isExecutable),
    });
  }
  file.end();
  return buffer(file.outputStream);
}

export async function tarGz(entries: readonly Entry[]): Promise<Buffer> {
  const archive = pack();
  for (const { name, content, isExecutable } of entries) {
    archive.entry({ name, mode: mode(isExecutable), mtime: new Date(0) }, content);
  }
  archive.finalize();
  return gzipSync(await buffer(archive));
}

function mode(isExecutable: boolean): number {
  return isExecutable ? 0o755 : 0o644;
}
