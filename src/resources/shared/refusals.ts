import type { GitLabError } from "../../gitlab";

/** A reason that a status does not tell. */
interface Reason {
  readonly advice: string;
  /** How GitLab says it in English, which only chooses this reason among several. */
  readonly words: RegExp;
}

/** A request that GitLab refuses for reasons of its own. */
interface Refusal {
  readonly method: readonly string[];
  readonly route: RegExp;
  readonly status: readonly number[];
  /** An attribute that the answer names, where it names some. */
  readonly attribute?: string;
  readonly reasons: readonly Reason[];
}

const LICENCE: Reason = {
  words: /service account creation limit/,
  advice:
    "The licence allows no further service account (100 on the Free tier). Remove accounts that are no longer " +
    "used, those of other groups included, or raise the subscription.",
};

const NOT_ALLOWED: Reason = {
  words: /permission to create a service account/,
  advice:
    "On a self-managed instance a group's Owner may create service accounts only where an administrator has " +
    "allowed it (allow_top_level_group_owners_to_create_service_accounts). Have it allowed, or use an administrator's token.",
};

const EMAIL: Reason = {
  words: /Email has already been taken/,
  advice: "Another user has this e-mail address. Write another one, or leave email out.",
};

const USERNAME: Reason = {
  words: /Username has already been taken/,
  advice:
    "The username belongs to a user or group that glsa's token cannot see, or to an account whose deletion is not " +
    "finished. Usernames are shared with all users and top-level groups of the instance. Write another one.",
};

const EXPIRY: Reason = {
  words: /Expires at must be before/,
  advice:
    "The instance allows no longer life, and only an administrator can ask it for its limit. Write an earlier " +
    "expires_at, or with rotation a lifetime, and if need be an every, that fits.",
};

const INHERITED: Reason = {
  words: /inherited membership from group/,
  advice: "Write the inherited role or a higher one, or lower the role in the group above first.",
};

/** A 403 says it of any change. */
const READ_ONLY: Reason = {
  words: /read-only/,
  advice:
    "The instance is read-only: it is under maintenance, or a Geo secondary. Wait, or write the primary's address.",
};

const REFUSALS: readonly Refusal[] = [
  {
    method: ["POST"],
    route: /\/service_accounts$/,
    status: [400, 403],
    reasons: [LICENCE, NOT_ALLOWED, USERNAME, EMAIL],
  },
  {
    method: ["PATCH"],
    route: /\/service_accounts\/:user_id$/,
    status: [400],
    reasons: [USERNAME, EMAIL],
  },
  {
    method: ["POST"],
    route: /\/personal_access_tokens$/,
    status: [400, 422],
    reasons: [EXPIRY],
  },
  {
    method: ["POST", "PUT"],
    route: /\/members(\/:user_id)?$/,
    status: [400],
    attribute: "access_level",
    reasons: [INHERITED],
  },
];

/** Why GitLab may have refused. Where its words are not English, every reason that the request can have is told. */
export function reasonsFor(cause: GitLabError): string | undefined {
  const refusal = REFUSALS.find((candidate) => matches(candidate, cause));
  if (refusal === undefined) return undefined;
  const reasons = cause.status === 403 ? [...refusal.reasons, READ_ONLY] : refusal.reasons;
  const said = reasons.find(({ words }) => words.test(cause.serverMessage));
  if (said !== undefined) return said.advice;
  if (ENGLISH.test(cause.serverMessage)) return undefined;
  const [only, ...others] = reasons;
  if (only !== undefined && others.length === 0) return only.advice;
  return `One of these is the reason. ${reasons.map(({ advice }, at) => `(${at + 1}) ${advice}`).join(" ")}`;
}

/** What else GitLab says of a value is plain enough. */
const ENGLISH = /\b(is|are|can|cannot|may|must|should|has|does|not|forbidden)\b/i;

function matches({ method, route, status, attribute }: Refusal, cause: GitLabError): boolean {
  return (
    method.includes(cause.method) &&
    route.test(cause.route) &&
    status.includes(cause.status ?? 0) &&
    (attribute === undefined || cause.attributes.includes(attribute))
  );
}
