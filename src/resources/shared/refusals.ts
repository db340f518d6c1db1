import type { GitLabError } from "../../gitlab";

/** Why GitLab may refuse a request that it understands. */
interface Reason {
  /** What a look-up may rule out. An attribute is no reason if it was not sent. */
  readonly topic:
    "username" | "email" | "expires_at" | "scopes" | "granular_scopes" | "licence" | "rights";
  readonly advice: string;
}

interface Refusal {
  readonly method: string;
  readonly route: RegExp;
  readonly status: readonly number[];
  readonly reasons: readonly Reason[];
}

const LICENCE: Reason = {
  topic: "licence",
  advice:
    "The licence allows no more service accounts (100 on the Free tier): remove accounts that are no longer used, " +
    "those of other groups included, or upgrade the subscription.",
};

const RIGHTS: Reason = {
  topic: "rights",
  advice:
    "On a self-managed instance a group's Owner may create service accounts only if an administrator has " +
    "allowed it (allow_top_level_group_owners_to_create_service_accounts): have it allowed, or use an administrator's token.",
};

const EMAIL: Reason = {
  topic: "email",
  advice: "Another user has this email address: choose another one, or leave email out.",
};

const USERNAME: Reason = {
  topic: "username",
  advice:
    "The username belongs to a user or group that glsa's token cannot see, or to an account whose deletion is not " +
    "finished; usernames are shared with all users and top-level groups of the instance: choose another one.",
};

const EXPIRY: Reason = {
  topic: "expires_at",
  advice:
    "The instance does not allow this lifetime, and only an administrator can read its limit: write an earlier " +
    "expires_at, or with rotation a lifetime, and if necessary an every, that fits.",
};

const SCOPES: Reason = {
  topic: "scopes",
  advice:
    "This instance does not have one of the scopes: leave it out, or upgrade or configure the instance.",
};

const PERMISSIONS: Reason = {
  topic: "granular_scopes",
  advice:
    "This GitLab does not have one of the permissions, or not where access puts it, or no group or project of that number: " +
    "compare them with its own documentation of fine-grained tokens.",
};

const ESCALATION: Reason = {
  topic: "granular_scopes",
  advice:
    "glsa's own token is fine-grained, and GitLab lets it create only tokens with permissions that it has itself, in the " +
    "same places: leave out what it lacks, or use a token with the scopes api and admin_mode.",
};

const NOT_ENABLED: Reason = {
  topic: "granular_scopes",
  advice:
    "Fine-grained tokens are switched off for this account (feature flag granular_personal_access_tokens): have them " +
    "switched on, or write scopes.",
};

const ENFORCEMENT: Reason = {
  topic: "scopes",
  advice:
    "The instance allows fine-grained tokens only (enforce_granular_tokens), before GitLab 19.5 also for service accounts: " +
    "write granular_scopes, upgrade, or have the setting turned off.",
};

const ATTRIBUTES: readonly string[] = [
  ...["username", "email", "expires_at", "scopes", "granular_scopes"],
];

const REFUSALS: readonly Refusal[] = [
  {
    method: "POST",
    route: /\/service_accounts$/,
    status: [400],
    reasons: [LICENCE, RIGHTS, USERNAME, EMAIL],
  },
  { method: "POST", route: /\/service_accounts$/, status: [403], reasons: [LICENCE, RIGHTS] },
  {
    method: "PATCH",
    route: /\/service_accounts\/:user_id$/,
    status: [400],
    reasons: [USERNAME, EMAIL],
  },
  {
    method: "POST",
    route: /\/personal_access_tokens$/,
    status: [400, 422],
    reasons: [EXPIRY, SCOPES, PERMISSIONS, ENFORCEMENT],
  },
  { method: "POST", route: /\/personal_access_tokens$/, status: [403], reasons: [ESCALATION] },
  { method: "POST", route: /\/personal_access_tokens$/, status: [404], reasons: [NOT_ENABLED] },
];

/**
 * Why GitLab may have refused, by the request and what look-ups leave possible. GitLab's own text is in the language of
 * the token's user, so it is not parsed.
 */
export function reasonsFor(cause: GitLabError): string | undefined {
  const refusal = REFUSALS.find((candidate) => matches(candidate, cause));
  const reasons = (refusal?.reasons ?? []).filter(({ topic }) => mayBe(topic, cause));
  const [only, ...others] = reasons;
  if (only === undefined) return undefined;
  if (others.length === 0) return `If GitLab names no other reason: ${only.advice}`;
  const listed = reasons.map(({ advice }, at) => `(${at + 1}) ${advice}`);
  return `If GitLab names no other reason, it is one of these. ${listed.join(" ")}`;
}

function mayBe(topic: Reason["topic"], { sent, ruledOut }: GitLabError): boolean {
  if (ruledOut.includes(topic)) return false;
  return !ATTRIBUTES.includes(topic) || sent.includes(topic);
}

function matches({ method, route, status }: Refusal, cause: GitLabError): boolean {
  return method === cause.method && route.test(cause.route) && status.includes(cause.status ?? 0);
}
