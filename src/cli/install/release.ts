import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { sha256 } from "../../engine";
import { Connection, LONGEST_FILE } from "../../http";
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

/** Of one download; places that keep releases send elsewhere once or twice. */
const MOST_REDIRECTS = 5;

/** Through the proxy and with the certificates that the environment names. */
const connection = new Connection({ longestBody: LONGEST_FILE });

async function download(from: string, file: string): Promise<Buffer> {
  let url = new URL(file, from.endsWith("/") ? from : `${from}/`);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    if (url.protocol !== "https:") {
      throw new CodedError(
        "unusable-release",
        `${url.href} is not HTTPS: what is installed must come from where it says.`,
      );
    }
    const { status, location, content } = await connection
      .download(url.href)
      .catch((error: unknown) => {
        throw unreachable(url, error instanceof Error ? error.message : String(error));
      });
    if (status === 200) return content;
    if (status < 300 || status > 399 || location === undefined) {
      throw unreachable(url, `the server answers ${status}`);
    }
    url = new URL(location, url);
  }
  throw unreachable(url, `there are more than ${MOST_REDIRECTS} redirects`);
}

function unreachable(url: URL, reason: string): CodedError {
  return new CodedError("unusable-release", `${url.href} cannot be fetched: ${reason}.`);
}
