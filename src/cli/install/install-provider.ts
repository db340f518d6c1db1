import { randomBytes } from "node:crypto";
import {
  chmodSync,
  constants,
  copyFileSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { ownPlatform } from "../../engine";
import { CodedError } from "../../model/code";
import { PROVIDER_ADDRESS } from "../../resources";
import { VERSION } from "../version";
import { packageHash } from "./lock-entry";
import { ownPackage, type PackageFile } from "./own-package";
import { within, type Place } from "./places";
import { hashesOf, readArchive, readRelease } from "./release";

export interface Installed {
  readonly address: string;
  readonly version: string;
  readonly files: readonly string[];
  /** For a lock file: what this version's packages are known by. */
  readonly hashes: readonly string[];
}

/** Copies the provider that this command brings along to where engines unpack it. */
export function installOwn(places: readonly Place[]): Installed {
  const own = ownPackage();
  const folders = places.flatMap((place) =>
    own.platforms.map((platform) => within(place, VERSION, platform)),
  );
  const files = folders.flatMap((folder) => own.files.map((file) => copy(file, folder)));
  return { address: PROVIDER_ADDRESS, version: VERSION, files, hashes: [packageHash(own)] };
}

/** Puts a release's zips where engines look for them: that of this machine, or all. */
export async function installRelease(
  from: string,
  places: readonly Place[],
  platforms: "own" | "all",
): Promise<Installed> {
  const release = await readRelease(from);
  const { version, archives } = release;
  const chosen = archives.filter(
    ({ platform }) => platforms === "all" || platform === ownPlatform(),
  );
  if (chosen.length === 0) {
    throw new CodedError(
      "no-such-platform",
      `The release in ${from} has nothing for ${ownPlatform()}.`,
    );
  }
  const files: string[] = [];
  for (const archive of chosen) {
    const content = await readArchive(from, archive);
    for (const place of places) {
      files.push(
        placeFile(within(place, archive.file), (draft) =>
          writeFileSync(draft, content, { flag: "wx" }),
        ),
      );
    }
  }
  return { address: PROVIDER_ADDRESS, version, files, hashes: hashesOf(release) };
}

/** Removes every version that `install` put into these places, and returns what is gone. */
export function uninstall(places: readonly Place[]): string[] {
  return places.flatMap((place) => {
    const folder = within(place);
    const found = namesIn(folder).filter((name) => VERSION_OR_ZIP.test(name));
    const paths = found.map((name) => join(folder, name));
    for (const path of paths) rmSync(path, { recursive: true });
    return paths;
  });
}

const VERSION_OR_ZIP = /^\d+\.\d+\.\d+|^terraform-provider-glsa_.+\.zip$/;

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function copy({ from, name, isExecutable }: PackageFile, folder: string): string {
  return placeFile(join(folder, name), (draft) => {
    copyFileSync(from, draft, constants.COPYFILE_EXCL);
    chmodSync(draft, isExecutable ? 0o755 : 0o644);
  });
}

/** In one step: a run that is using the present file keeps it. */
function placeFile(target: string, write: (draft: string) => void): string {
  mkdirSync(dirname(target), { recursive: true });
  const draft = `${target}.${randomBytes(6).toString("hex")}`;
  try {
    write(draft);
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  return target;
}
