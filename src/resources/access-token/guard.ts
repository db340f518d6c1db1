import { daysBetween, grantsOf, scopeName, utcDate, type UtcDate } from "../../model";
import { tokenAddress, type TokenFacts } from "../../model/policy";
import { isUnknown, sameValue, type PlanRequest } from "../../provider/contract";
import { accountNamed } from "../policy/guard";
import type { Lessening } from "../policy/own-power";
import { WARNED_DAYS } from "../policy/own-token";
import type { Guard } from "../policy/with-policy";
import { accountLabel } from "../shared/account-label";
import type { Context } from "../shared/context";
import { known } from "../shared/problems";
import { comparePermissions, knownPermissions, losesPermissions } from "./permissions";
import { keepSpelling, policyOf } from "./rotation";
import { fromPrivateState } from "./private-state";
import { compareScopes, reasonsForNewToken, type Standing } from "./reasons";
import { foreseenDecision } from "./situation";
import type { AccessTokenAttributes, AccessTokenConfig, AccessTokenState } from "./schema";
import { knownTokenIds } from "./ownership";

type Request = PlanRequest<AccessTokenAttributes>;

/** What the policy needs to know of a planned token. */
export const accessTokenGuard: Guard<AccessTokenAttributes> = {
  kind: "tokens",
  removed: ({ id }) => (id === null ? [] : [id]),
  guarded: (request, planned, { gitlab }) => [
    {
      account: accountNamed(planned.service_account_id),
      facts: (username) => ({
        ...namesOf(planned, username),
        ...wordsOf(request),
        ...lifeOf(request, gitlab.client.serverDate && utcDate(gitlab.client.serverDate)),
        ...liveTokens(request, planned),
      }),
      isChanged: (attribute) => isChanged(request, attribute),
    },
  ],
  lessens,
};

/**
 * Its deletion, narrower scopes, an expiry so near that the next runs may be too late for it, or a requested
 * revocation.
 */
function lessens(
  prior: AccessTokenState,
  planned: AccessTokenConfig | null,
  context: Context,
): Lessening[] {
  const object = `token "${prior.name}" of ${accountLabel(prior.service_account_id, context)}`;
  const tokenIds = knownTokenIds(prior);
  if (planned === null) return [{ of: { tokenIds }, change: "removes", object, attribute: null }];
  const leaked = newlyRevoked(prior, planned);
  const losses: Lessening[] = [];
  if (leaked.size > 0)
    losses.push({ of: { tokenIds: leaked }, change: "removes", object, attribute: "revoke_now" });
  const narrowed = narrowedPower(prior, planned);
  if (narrowed !== undefined)
    losses.push({ of: { tokenIds }, change: "narrows", object, attribute: narrowed });
  if (isShortened(prior, planned, context.gitlab.client.serverDate))
    losses.push({ of: { tokenIds }, change: "shortens", object, attribute: "expires_at" });
  return losses;
}

function isShortened(
  prior: AccessTokenState,
  { valid_until: end }: AccessTokenConfig,
  now: Date | undefined,
): boolean {
  if (typeof end !== "string" || now === undefined) return false;
  const isEarlier = prior.valid_until === null || end < prior.valid_until;
  return isEarlier && daysBetween(utcDate(now), end) <= WARNED_DAYS;
}

function newlyRevoked(prior: AccessTokenState, planned: AccessTokenConfig): Set<number> {
  const written = isUnknown(planned.revoke_now) ? [] : (planned.revoke_now ?? []);
  const asked = new Set(prior.revoke_now ?? []);
  return new Set(written.filter((id): id is number => typeof id === "number" && !asked.has(id)));
}

/** What the scope api does not include. */
const BEYOND_API = ["sudo", "admin_mode"];

/** The attribute by which a token will be able to do less. What scopes include of permissions is not told. */
function narrowedPower(
  prior: AccessTokenState,
  planned: AccessTokenConfig,
): "scopes" | "granular_scopes" | undefined {
  if (losesPermissions(planned.granular_scopes, prior.granular_scopes)) {
    const isWidened = !isUnknown(planned.scopes) && (planned.scopes ?? []).includes("api");
    return isWidened ? undefined : "granular_scopes";
  }
  return isNarrowed(prior.scopes ?? [], planned.scopes) ? "scopes" : undefined;
}

function isNarrowed(prior: readonly string[], planned: AccessTokenConfig["scopes"]): boolean {
  if (isUnknown(planned) || planned?.some(isUnknown)) return false;
  const after = ((planned ?? []) as readonly string[]).map(scopeName);
  const lost = prior.map(scopeName).filter((scope) => !after.includes(scope));
  return lost.some((scope) => !after.includes("api") || BEYOND_API.includes(scope));
}

function namesOf(
  planned: AccessTokenConfig,
  username: string | undefined,
): Pick<TokenFacts, "kind" | "label" | "address"> {
  const name = known(planned.name);
  const account = username ?? known(planned.service_account_id);
  return {
    kind: "token",
    label: `token "${name ?? "?"}"${account === undefined ? "" : ` of ${account}`}`,
    address: tokenAddress(username, name),
  };
}

function wordsOf({ proposed }: Request): Partial<TokenFacts> {
  const scopes = isUnknown(proposed.scopes)
    ? undefined
    : (proposed.scopes ?? []).filter((scope) => typeof scope === "string").map(scopeName);
  const permissions = knownPermissions(proposed.granular_scopes);
  return {
    ...(scopes !== undefined && { scopes }),
    ...(permissions !== undefined && { permissions: grantsOf(permissions) }),
    ...(!isUnknown(proposed.description) && { description: proposed.description }),
  };
}

function lifeOf(
  { config, proposed, prior }: Request,
  today: UtcDate | undefined,
): Partial<TokenFacts> {
  const neverExpires = known(proposed.never_expires);
  const rotation = isUnknown(proposed.rotation) ? undefined : policyOf(proposed.rotation);
  const expiresAt = known(config.expires_at);
  const isSame = prior !== null && expiresAt === prior.valid_until && prior.created_at !== null;
  const from = isSame ? utcDate(new Date(prior.created_at ?? "")) : today;
  const isDated = expiresAt !== undefined && from !== undefined;
  return {
    ...(neverExpires !== undefined && { neverExpires }),
    ...(rotation !== undefined && { rotation }),
    ...(isDated && { lifetimeDays: daysBetween(from, expiresAt) }),
  };
}

/** Those that work when the plan is applied, unless a due one turns out to be in use. */
function liveTokens(request: Request, planned: AccessTokenConfig): Partial<TokenFacts> {
  const standing = standingOf(request);
  if (standing === undefined) return { liveTokens: 1 };
  const { prior } = standing;
  const isNew = !isUnknown(planned.generation) && planned.generation !== prior.generation;
  const isReplaced = isNew && prior.status === "active";
  const older = (prior.previous ?? []).length - foreseenDecision(standing).revoke.length;
  return { liveTokens: 1 + (isReplaced ? 1 : 0) + older + (prior.strays ?? []).length };
}

/** Undefined for a token that is created. */
function standingOf({ config, proposed, prior, private: kept }: Request): Standing | undefined {
  if (prior === null) return undefined;
  const rotation = isUnknown(proposed.rotation)
    ? proposed.rotation
    : keepSpelling(proposed.rotation, prior.rotation);
  return { config, proposed: { ...proposed, rotation }, prior, memory: fromPrivateState(kept) };
}

/**
 * A due or leaked token is replaced even if the policy became stricter since it was declared. Only changes in its
 * declaration can be refused, and the whole declaration after an import.
 */
function isChanged(request: Request, attribute: string | null): boolean {
  const standing = standingOf(request);
  if (standing === undefined) return true;
  const { config, proposed, prior, memory } = standing;
  // It was not declared before, so no policy was applied to it yet.
  if (memory?.imported) return true;
  switch (attribute) {
    case "scopes":
      return compareScopes(proposed.scopes, prior.scopes) !== "same";
    case "granular_scopes":
      return comparePermissions(proposed.granular_scopes, prior.granular_scopes) !== "same";
    case "expires_at":
      return !sameValue(config.expires_at, prior.expires_at);
    case "description":
    case "never_expires":
    case "rotation":
      return !sameValue(proposed[attribute], prior[attribute]);
    default:
      return reasonsForNewToken(standing).isDeclared;
  }
}
