import type { GitLabVersion } from "./options";

/** A difference between releases. */
interface Difference {
  readonly since: GitLabVersion;
  /** The behaviour from that release on, as the documentation describes it. */
  readonly change: string;
}

/**
 * All differences by release, oldest first. If GitLab's own history does not name the release, the first one with the
 * observed behaviour counts.
 */
export const differences = {
  delayedDeletionEverywhere: {
    since: "18.0",
    change:
      "deletion of groups and projects is delayed on the Free tier too, and takes their path away at once",
  },
  accountEmailUpdate: {
    since: "18.2",
    change: "`PATCH /service_accounts/:user_id`, and e-mail addresses of accounts can be changed",
  },
  publicEmail: { since: "18.5", change: "`public_email` among a user's basic keys" },
  currentUserKeys: {
    since: "18.5",
    change: "users have `github` and `preferred_language`, and no `skype` any more",
  },
  recentContainerKeys: {
    since: "18.5",
    change:
      "groups and projects have `show_diff_preview_in_email`, `marked_for_deletion_on`, …; lists with `simple` show the visibility",
  },
  routableTokens: {
    since: "18.5",
    change: "values of tokens carry organisation and user, with a checksum",
  },
  compositeUsernameLock: {
    since: "18.9",
    change: "accounts with a composite identity keep their username",
  },
  namedOwnerInErrors: {
    since: "18.10",
    change: 'the error of a creation names "group" or "project" instead of "namespace"',
  },
  accountsEverywhere: {
    since: "18.11",
    change: "accounts of projects and subgroups, and on the Free tier",
  },
  granularTokens: { since: "18.11", change: "`granular` in a token's JSON" },
  lastUsedIps: {
    since: "18.11",
    change: "`last_used_ips` where a token describes itself or is listed",
  },
  titleTemplate: { since: "19.0", change: "`mr_default_title_template` of projects" },
  granularSelfTokens: {
    since: "19.2",
    change:
      "`granular_scopes` of `POST /user/personal_access_tokens` and of impersonation tokens, and where a fine-grained token is looked up or listed",
  },
  singleAccount: {
    since: "19.4",
    change: "`GET` of one account of a group or project; `token_id` is checked for its type",
  },
  accountExternal: { since: "19.4", change: "`external` of instance accounts" },
  lastUsedIpsEverywhere: { since: "19.4", change: "`last_used_ips` in every token's JSON" },
  granularScopesOfSelf: {
    since: "19.5",
    change: "`granular_scopes` where a fine-grained token describes itself",
  },
  granularExemptions: {
    since: "19.5",
    change: "`enforce_granular_tokens` leaves out accounts that are no humans",
  },
  granularUserTokens: {
    since: "19.6",
    change:
      "`granular_scopes` of `POST /users/:user_id/personal_access_tokens`, and in the response to a creation or rotation",
  },
} as const satisfies Record<string, Difference>;

export type Feature = keyof typeof differences;

/** Compares two versions: negative when `a` is older than `b`. */
function compareVersions(a: GitLabVersion, b: GitLabVersion): number {
  const [majorA = 0, minorA = 0] = a.split(".").map(Number);
  const [majorB = 0, minorB = 0] = b.split(".").map(Number);
  return majorA - majorB || minorA - minorB;
}

/** Whether the imitated release has a feature. */
export function hasFeature(version: GitLabVersion, feature: Feature): boolean {
  return compareVersions(version, differences[feature].since) >= 0;
}
