/** GitLab releases the stand-in can speak as; each stands for the releases up to the next one. */
export const VERSIONS = ["17.11", "18.5", "18.11", "19.1", "19.4"] as const;
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
  /** Where the clock starts; it goes on ticking from there. @default the present */
  readonly now?: string | Date;
}

/** What `GET /metadata` calls each release. */
export const releases: Readonly<Record<GitLabVersion, string>> = {
  "17.11": "17.11.7",
  "18.5": "18.5.0",
  "18.11": "18.11.5",
  "19.1": "19.1.1",
  "19.4": "19.4.0",
};
