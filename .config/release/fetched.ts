/** What a release takes from registries: fetched once into the user's cache, and held against what is written down here. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { inCache } from "../../examples/demo/engine";
import { BUN_VERSION, LIBC_VERSION, type Platform } from "./platforms";

/** The runtime's executable for a platform. */
export function runtimeOf({ os, runtime }: Platform): string {
  const folder = inCache(`bun-${BUN_VERSION}/${runtime.package.replace("@oven/", "")}`);
  const executable = join(folder, "bin", os === "windows" ? "bun.exe" : "bun");
  once(folder, (draft) => {
    const spec = `${runtime.package}@${BUN_VERSION}`;
    execFileSync("npm", ["pack", "--silent", "--pack-destination", draft, spec]);
    const archive = onlyFile(draft);
    verify(spec, runtime.integrity, `sha512-${digest(archive, "sha512", "base64")}`);
    execFileSync("tar", ["-xzf", archive, "-C", draft, "--strip-components=1"]);
    rmSync(archive);
  });
  return executable;
}

/** The folder with the C library's files for a platform, or undefined where the system brings it. */
export function libcOf({ architecture, libc }: Platform): LibraryFiles | undefined {
  if (libc === undefined) return undefined;
  const folder = inCache(`libc6-${LIBC_VERSION}/${architecture}`);
  once(folder, (draft) => {
    const archive = downloadLibc(architecture, draft);
    verify(`libc6 ${architecture}`, libc.sha256, digest(archive, "sha256", "hex"));
    execFileSync("dpkg-deb", ["-x", archive, draft]);
    rmSync(archive);
  });
  const files = [libc.loader, "libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0"];
  return {
    files: files.map((name) => ({ name, path: join(folder, "lib", libc.triplet, name) })),
    licence: join(folder, "usr/share/doc/libc6/copyright"),
  };
}

interface LibraryFiles {
  readonly files: readonly { readonly name: string; readonly path: string }[];
  readonly licence: string;
}

/** With lists of its own, so that the machine need not be set up for a foreign architecture. */
function downloadLibc(architecture: string, folder: string): string {
  const lists = mkdtempSync(join(tmpdir(), "glsa-apt-"));
  mkdirSync(join(lists, "lists/partial"), { recursive: true });
  mkdirSync(join(lists, "cache/archives/partial"), { recursive: true });
  const options = [
    `APT::Architecture=${architecture}`,
    `APT::Architectures=${architecture}`,
    `Dir::State::lists=${join(lists, "lists")}`,
    `Dir::Cache=${join(lists, "cache")}`,
    "Dir::State::status=/dev/null",
    "APT::Sandbox::User=",
  ].flatMap((option) => ["-o", option]);
  try {
    execFileSync("apt-get", [...options, "update", "-qq"], { stdio: "pipe" });
    execFileSync("apt-get", [...options, "download", "-qq", `libc6=${LIBC_VERSION}`], {
      cwd: folder,
      stdio: "pipe",
    });
  } finally {
    rmSync(lists, { recursive: true, force: true });
  }
  return onlyFile(folder);
}

/** Fills a folder in one step, so that what was interrupted is not taken for whole. */
function once(folder: string, fill: (draft: string) => void): void {
  if (existsSync(folder)) return;
  mkdirSync(dirname(folder), { recursive: true });
  const draft = mkdtempSync(`${folder}-`);
  try {
    fill(draft);
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}

function onlyFile(folder: string): string {
  return join(folder, readdirSync(folder)[0] ?? "");
}

function digest(path: string, algorithm: string, encoding: "base64" | "hex"): string {
  return createHash(algorithm).update(readFileSync(path)).digest(encoding);
}

function verify(what: string, expected: string, actual: string): void {
  if (actual === expected) return;
  throw new Error(
    `${what} is not the one that .config/release/platforms.ts names: ${actual} instead of ${expected}.`,
  );
}
