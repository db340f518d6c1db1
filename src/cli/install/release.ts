import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { sha256 } from "../../engine";
import { CodedError } from "../../model/code";

/** `release.json` of a release. */
export interface Release {
  readonly version: string;
  readonly address: string;
  /** The hash of the package that the script for Node makes. */
  readonly script: string;
  readonly archives: readonly ReleasedArchive[];
}

export interface ReleasedArchive {
  /** Such as `linux_amd64`. */
  readonly platform: string;
  readonly file: string;
  readonly h1: string;
  readonly zh: string;
}

const FILE = "release.json";

/** What a release's packages are known by, in lock files. */
export function hashesOf({ archives, script }: Release): string[] {
  return [script, ...archives.flatMap(({ h1, zh }) => [h1, zh])];
}

/** A release in a folder, or below an address of HTTPS. */
export async function readRelease(from: string): Promise<Release> {
  const text = (await read(from, FILE)).toString();
  try {
    const release = JSON.parse(text) as Release;
    if (Array.isArray(release.archives) && release.archives.every(isArchive)) return release;
  } catch {
    // Said below.
  }
  throw new CodedError("unusable-release", `${FILE} in ${from} is not that of a release of glsa.`);
}

/** A zip of the release, if it is the one that the release tells of. */
export async function readArchive(from: string, { file, zh }: ReleasedArchive): Promise<Buffer> {
  const content = await read(from, file);
  if (`zh:${sha256(content)}` === zh) return content;
  throw new CodedError(
    "wrong-checksum",
    `${file} in ${from} is not the file that its release lists, and nothing was installed. Fetch the release again.`,
  );
}

/** Nothing of a release's file chooses where it is written. */
function isArchive({ file, platform, h1, zh }: ReleasedArchive): boolean {
  return (
    [file, platform, h1, zh].every((text) => typeof text === "string") && /^[\w.-]+$/.test(file)
  );
}

async function read(from: string, file: string): Promise<Buffer> {
  if (/^https?:/.test(from)) return download(from, file);
  const path = join(resolve(from), file);
  if (existsSync(path)) return readFileSync(path);
  throw new CodedError(
    "unusable-release",
    `${path} does not exist: --from takes the folder of a release.`,
  );
}

async function download(from: string, file: string): Promise<Buffer> {
  if (!from.startsWith("https:")) {
    throw new CodedError(
      "unusable-release",
      `${from} does not use HTTPS, so its origin cannot be verified.`,
    );
  }
  const url = new URL(file, from.endsWith("/") ? from : `${from}/`);
  const unreachable = (reason: string) =>
    new CodedError("unusable-release", `${url.href} cannot be fetched: ${reason}.`);
  const answer = await fetch(url).catch((cause: unknown) => {
    throw unreachable(reasonOf(cause));
  });
  if (answer.ok) return Buffer.from(await answer.arrayBuffer());
  throw unreachable(`the server returned ${answer.status}`);
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}
