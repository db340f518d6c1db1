import { linkSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { version } from "../bundling.mjs";
import type { ProviderArchive } from "./provider-archive";

/**
 * One folder that is both mirrors of the engines: packed files for `filesystem_mirror`, and beside them the JSON that
 * `network_mirror` asks for, for any server of static files.
 */
export function writeMirror(
  release: string,
  address: string,
  archives: readonly ProviderArchive[],
): void {
  const folder = join(release, "mirror", address);
  mkdirSync(folder, { recursive: true });
  for (const { file } of archives) linkSync(join(release, file), join(folder, file));
  const entries = archives.map(({ platform, file, h1, zh }) => [
    platform,
    { url: file, hashes: [h1, zh] },
  ]);
  writeJson(join(folder, "index.json"), { versions: { [version]: {} } });
  writeJson(join(folder, `${version}.json`), { archives: Object.fromEntries(entries) });
}

export function writeJson(path: string, value: unknown): void {
  writeFileSync(path, `${JSON.stringify(value, undefined, 2)}\n`);
}
