import type { EstatePreset, EstateSeed } from "./seed/sizes";

/** The GitLab releases that the stand-in can imitate. */
export const VERSIONS = [
  "17.11",
  ...(["18.0", "18.1", "18.2", "18.3", "18.4", "18.5"] as const),
  ...(["18.6", "18.7", "18.8", "18.9", "18.10", "18.11"] as const),
  ...(["19.0", "19.1", "19.2", "19.3", "19.4", "19.5", "19.6"] as const),
] as const;
/** One of `VERSIONS`. */
export type GitLabVersion = (typeof VERSIONS)[number];

/** Licences of the imitated instance. */
export const TIERS = ["free", "premium", "ultimate"] as const;
/** One of `TIERS`. */
export type Tier = (typeof TIERS)[number];

/** What a stand-in imitates, and where it runs. */
export interface SandboxOptions {
  /** @default 0, a free port chosen by the system */
  readonly port?: number;
  /** @default "19.1" */
  readonly version?: GitLabVersion;
  /** @default "ultimate" */
  readonly tier?: Tier;
  /** The time at which the clock starts. It runs at normal speed from there. @default the current time */
  readonly now?: string | Date;
  /**
   * How many requests the log holds; fewer if their addresses are long. Older ones are only counted. @default 10,000
   */
  readonly requestLog?: number;
  /** A file that keeps all data from one run to the next. Created if it is missing. */
  readonly data?: string;
  /** Serves HTTPS, with a certificate of an authority created for this run. @default false */
  readonly tls?: boolean;
  /** Sample data to fill it with, the same in every run on one day. An existing data file is not filled. */
  readonly seed?: EstatePreset | EstateSeed;
  /** Host of the container registry that its projects name, such as `registry.example.com`. @default none */
  readonly registry?: string;
  /** The language of GitLab's own error messages. @default "en" */
  readonly locale?: Locale;
}

/** Languages of error messages. */
export const LOCALES = ["en", "pl"] as const;
/** One of `LOCALES`. */
export type Locale = (typeof LOCALES)[number];

export const defaultLogSize = 10_000;

/** Patches of releases that were recorded. For the others it is the first. */
const recordedPatches: Readonly<Partial<Record<GitLabVersion, number>>> = {
  "17.11": 7,
  "18.11": 5,
  "19.0": 2,
  "19.1": 1,
};

/** The name of a release in `GET /metadata`. */
export function releaseOf(version: GitLabVersion): string {
  return `${version}.${recordedPatches[version] ?? 0}`;
}

/** The commit that an instance reports as its build. */
export const revision = "9b638f3c686";
