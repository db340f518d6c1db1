import type { GitLabVersion } from "./options";

/**
 * What appeared in which release, as far as the stand-in's versions tell releases apart.
 * Where GitLab's own history is not known to the release, the first version seen with the feature counts.
 */
export const introduced = {
  /** `public_email` among a user's basic keys. */
  publicEmail: "18.5",
  /** PATCH of instance accounts, and changing e-mail addresses. */
  accountEmailUpdate: "18.5",
  /** `granular` in a token's JSON. */
  granularTokens: "18.11",
  /** `last_used_ips` where a token describes itself or is listed. */
  lastUsedIps: "18.11",
  /** `last_used_ips` in every token JSON. */
  lastUsedIpsEverywhere: "19.4",
  /** Accounts of projects and of subgroups; accounts on the Free tier. */
  accountsEverywhere: "18.11",
  /** GET of one group or project account; `token_id` checked for its type. */
  singleAccount: "19.4",
  /** `external` of instance accounts. */
  accountExternal: "19.4",
  /** Composite-identity accounts keep their username. */
  compositeUsernameLock: "18.11",
  /** Token values that carry organisation and user, with a checksum. */
  routableTokens: "18.5",
  /** The creation error names group or project instead of "namespace". */
  namedOwnerInErrors: "18.11",
  /** The keys of users as they are now: `github` instead of `skype`, and others. */
  currentUserKeys: "18.5",
  /** Newer keys in the JSON of groups and projects. */
  recentContainerKeys: "18.5",
} as const satisfies Record<string, GitLabVersion>;

export type Feature = keyof typeof introduced;

/** Compares two versions: negative when `a` is older than `b`. */
function compareVersions(a: GitLabVersion, b: GitLabVersion): number {
  const [majorA = 0, minorA = 0] = a.split(".").map(Number);
  const [majorB = 0, minorB = 0] = b.split(".").map(Number);
  return majorA - majorB || minorA - minorB;
}

/** Whether the imitated release has a feature. */
export function hasFeature(version: GitLabVersion, feature: Feature): boolean {
  return compareVersions(version, introduced[feature]) >= 0;
}
