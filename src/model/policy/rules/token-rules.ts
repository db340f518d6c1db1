import { isBlank } from "../../blank";
import { formatDays } from "../../durations";
import type { Grant } from "../../granular";
import { matchesPattern } from "../../pattern";
import { DEFAULT_MAX_LIFETIME_DAYS, leastLifetime, lifetimeOf } from "../../rotation";
import type { TokenFacts } from "../facts";
import type { Policy } from "../policy";
import type { Breach, Rule } from "./rule";

const maxLifetime: Rule<TokenFacts> = {
  name: "max-lifetime",
  judges: "token",
  summary: "A token's lifetime must not exceed `max_lifetime`.",
  severity: "error",
  stages: ["synth", "plan", "review", "audit"],
  setting: "maxLifetimeDays",
  reads: (_, { maxLifetimeDays }) =>
    maxLifetimeDays === null ? [] : ["rotation", "expires_at", "never_expires"],
  breach(token, { maxLifetimeDays }) {
    if (maxLifetimeDays === null) return undefined;
    if (token.neverExpires === true) {
      return {
        attribute: "never_expires",
        detail: `It never expires; the maximum lifetime is ${formatDays(maxLifetimeDays)}.`,
        remedy: `Leave never_expires out, and write rotation or an expires_at within ${formatDays(maxLifetimeDays)}.`,
      };
    }
    const lifetime = shortestLifetime(token);
    if (lifetime === undefined || lifetime <= maxLifetimeDays) return undefined;
    return {
      attribute: token.rotation === undefined ? "expires_at" : "rotation",
      detail: `It lives ${formatDays(lifetime)}; the maximum lifetime is ${formatDays(maxLifetimeDays)}.`,
      remedy:
        token.rotation === undefined
          ? "Write an earlier expires_at, or use rotation."
          : "Rotate more often, or shorten overlap and lifetime.",
    };
  },
};

/** A default lifetime is reduced to the maximum, as far as every and overlap allow. */
function shortestLifetime({ lifetimeDays, rotation }: TokenFacts): number | undefined {
  if (rotation === undefined) return lifetimeDays;
  return rotation.lifetimeDays ?? leastLifetime(rotation);
}

const forbiddenScope: Rule<TokenFacts> = {
  name: "forbidden-scope",
  judges: "token",
  summary: "No token has a scope of `forbidden_scopes`.",
  severity: "error",
  stages: ["synth", "plan", "review", "audit"],
  setting: "forbiddenScopes",
  reads: (_, { forbiddenScopes }) => (forbiddenScopes.length === 0 ? [] : ["scopes"]),
  breach({ scopes = [] }, { forbiddenScopes }) {
    const found = scopes.filter((scope) => forbiddenScopes.includes(scope));
    if (found.length === 0) return undefined;
    return {
      attribute: "scopes",
      detail: `It has ${found.join(" and ")}, which is forbidden.`,
      remedy: `Remove ${found.join(" and ")} from its scopes.`,
    };
  },
};

const scopeWithoutReason: Rule<TokenFacts> = {
  name: "scope-without-reason",
  judges: "token",
  summary: "A token with a scope of `scopes_needing_reason` has a `description`.",
  severity: "warning",
  stages: ["synth", "plan", "review", "audit"],
  setting: "scopesNeedingReason",
  reads({ scopes = [], description }, { scopesNeedingReason }) {
    if (scopes.some((scope) => scopesNeedingReason.includes(scope))) return ["description"];
    const isReasoned = description != null && !isBlank(description);
    return isReasoned || scopesNeedingReason.length === 0 ? [] : ["scopes"];
  },
  breach({ scopes = [], description }, { scopesNeedingReason }) {
    const found = scopes.filter((scope) => scopesNeedingReason.includes(scope));
    if (found.length === 0 || description === undefined) return undefined;
    if (description !== null && !isBlank(description)) return undefined;
    return {
      attribute: "description",
      detail: `It has ${found.join(" and ")}, and no description gives a reason.`,
      remedy: `Write in its description why it needs ${found.join(" and ")}, or choose narrower scopes.`,
    };
  },
};

/** As they are named in a finding: each once, and not hundreds. */
function namedPermissions(
  permissions: readonly Grant[],
  patterns: readonly string[],
): string | undefined {
  const names = permissions.map(({ permission }) => permission);
  const found = [...new Set(names)].filter((name) =>
    patterns.some((pattern) => matchesPattern(pattern, name)),
  );
  if (found.length === 0) return undefined;
  const shown = found.slice(0, MOST_NAMED);
  const more = found.length - shown.length;
  return more === 0 ? shown.join(" and ") : `${shown.join(", ")} and ${more} more`;
}

const MOST_NAMED = 5;

const forbiddenPermission: Rule<TokenFacts> = {
  name: "forbidden-permission",
  judges: "token",
  summary: "No fine-grained token has a permission of `forbidden_permissions`.",
  severity: "error",
  stages: ["synth", "plan", "review", "audit"],
  setting: "forbiddenPermissions",
  reads: (_, { forbiddenPermissions }) =>
    forbiddenPermissions.length === 0 ? [] : ["granular_scopes"],
  breach({ permissions = [] }, { forbiddenPermissions }) {
    const found = namedPermissions(permissions, forbiddenPermissions);
    if (found === undefined) return undefined;
    return {
      attribute: "granular_scopes",
      detail: `It may ${found}, which is forbidden.`,
      remedy: `Remove ${found} from its granular_scopes.`,
    };
  },
};

const permissionWithoutReason: Rule<TokenFacts> = {
  name: "permission-without-reason",
  judges: "token",
  summary:
    "A fine-grained token with a permission of `permissions_needing_reason` has a `description`.",
  severity: "warning",
  stages: ["synth", "plan", "review", "audit"],
  setting: "permissionsNeedingReason",
  reads({ permissions = [], description }, { permissionsNeedingReason }) {
    if (namedPermissions(permissions, permissionsNeedingReason) !== undefined)
      return ["description"];
    const isReasoned = description != null && !isBlank(description);
    return isReasoned || permissionsNeedingReason.length === 0 ? [] : ["granular_scopes"];
  },
  breach({ permissions = [], description }, { permissionsNeedingReason }) {
    const found = namedPermissions(permissions, permissionsNeedingReason);
    if (found === undefined || description === undefined) return undefined;
    if (description !== null && !isBlank(description)) return undefined;
    return {
      attribute: "description",
      detail: `It may ${found}, and no description gives a reason.`,
      remedy: `Write in its description why it needs ${found}, or leave it out.`,
    };
  },
};

const neverExpiringToken: Rule<TokenFacts> = {
  name: "never-expiring-token",
  judges: "token",
  summary: "Every token expires.",
  severity: "warning",
  stages: ["synth", "plan", "review", "audit"],
  setting: null,
  reads: () => ["never_expires"],
  breach({ neverExpires }) {
    if (neverExpires !== true) return undefined;
    return {
      attribute: "never_expires",
      detail: "It never expires: a leaked value could be used for ever.",
      remedy: "Leave never_expires out, and write rotation or expires_at.",
    };
  },
};

const minSlack: Rule<TokenFacts> = {
  name: "min-slack",
  judges: "token",
  summary:
    "A rotating token lives `min_slack` longer than its `every` and overlap, to allow for failed runs.",
  severity: "warning",
  stages: ["synth", "plan", "review"],
  setting: "minSlackDays",
  reads: () => ["rotation"],
  breach({ rotation }, policy) {
    if (rotation === undefined) return undefined;
    const longest = policy.maxLifetimeDays ?? DEFAULT_MAX_LIFETIME_DAYS;
    const lifetime = lifetimeOf(rotation, longest);
    const left = lifetime - leastLifetime(rotation);
    if (left >= policy.minSlackDays) return undefined;
    return {
      attribute: "rotation",
      detail:
        `It lives ${formatDays(lifetime)}, of which every and overlap leave ${formatDays(left)}; there must be ` +
        `${formatDays(policy.minSlackDays)} in which a scheduled run may fail.`,
      remedy: slackRemedy(rotation.lifetimeDays === null, policy),
    };
  },
};

function slackRemedy(lifetimeIsDefault: boolean, { minSlackDays }: Policy): string {
  if (lifetimeIsDefault) return "Rotate more often: the maximum lifetime leaves no more.";
  return `Leave lifetime out, or write one that is ${formatDays(minSlackDays)} longer than every and overlap.`;
}

const maxLiveTokens: Rule<TokenFacts> = {
  name: "max-live-tokens",
  judges: "token",
  summary: "At most `max_live_tokens` tokens of one declaration work at a time.",
  severity: "warning",
  stages: ["plan", "review", "audit"],
  setting: "maxLiveTokens",
  breach({ liveTokens }, { maxLiveTokens: allowed }): Breach | undefined {
    if (liveTokens === undefined || liveTokens <= allowed) return undefined;
    return {
      attribute: null,
      detail: `It has ${liveTokens} tokens that work at the same time; there may be ${allowed}.`,
      remedy:
        "Find the consumers of the older ones (previous shows when each was last used), or let the next apply revoke them.",
    };
  },
};

export const TOKEN_RULES = [
  maxLifetime,
  forbiddenScope,
  scopeWithoutReason,
  forbiddenPermission,
  permissionWithoutReason,
  neverExpiringToken,
  minSlack,
  maxLiveTokens,
];
