import { plainValue, routableValue, digestOf } from "../auth/token-value";
import type { CalendarDate } from "../clock";
import { supports, type Instance } from "../instance";
import type { AccessToken, User } from "../state/rows";
import { storedScopes } from "../params/granular-scopes";
import { granularProblems } from "./granular-scopes";
import { defaultExpiry, latestExpiry, rotatedExpiry } from "./token-expiry";
import { revokeToken } from "./revoke-token";

const longestDescription = 255;

export interface TokenRequest {
  readonly name: string;
  /** One of the two, scopes or permissions. */
  readonly scopes?: readonly string[];
  readonly granular_scopes?: Parameters<typeof storedScopes>[0];
  readonly description?: string;
  /** Undefined leaves the date to the instance. */
  readonly expires_at?: CalendarDate;
  /** For an administrator who acts as the user. */
  readonly impersonation?: boolean;
}

/** A new token with its value, which is shown only once, or the problems of the request. */
export type TokenResult =
  { readonly token: AccessToken; readonly value: string } | { readonly error: string };

/** Creates a token for a user. */
export function createToken(instance: Instance, user: User, request: TokenRequest): TokenResult {
  const expires_at = request.expires_at ?? defaultExpiry(instance, user);
  const problems = [
    ...(request.name.trim() === "" ? ["Name can't be blank"] : []),
    ...scopeProblems(instance, user, request),
    ...((request.description?.length ?? 0) > longestDescription
      ? [`Description is too long (maximum is ${longestDescription} characters)`]
      : []),
    ...expiryProblems(instance, expires_at),
  ];
  if (problems.length > 0) return { error: sentence(problems) };
  const { granular_scopes: sent, scopes = ["granular"] } = request;
  return issue(instance, user, {
    ...request,
    scopes,
    granular_scopes: sent && storedScopes(sent),
    expires_at,
    previous_id: null,
  });
}

function scopeProblems(
  instance: Instance,
  user: User,
  { scopes, granular_scopes }: TokenRequest,
): string[] {
  if (granular_scopes !== undefined) return granularProblems(storedScopes(granular_scopes));
  return [
    ...((scopes ?? []).length === 0 ? ["Scopes can't be blank"] : []),
    ...(requiresGranular(instance, user)
      ? ["Legacy personal access tokens are disabled. Create a fine-grained token instead"]
      : []),
  ];
}

/** Whether the instance allows a user no other tokens any more. */
function requiresGranular(instance: Instance, user: User): boolean {
  const { enforce_granular_tokens, granular_tokens_enforced_after } = instance.store.settings;
  if (!enforce_granular_tokens) return false;
  const isExempt = user.user_type !== "human" && supports(instance, "granularExemptions");
  const from = granular_tokens_enforced_after;
  return !isExempt && (from === null || instance.clock.today() >= from);
}

/** Replaces a token: the old value stops working as soon as the new one exists. On any problem it stays valid. */
export function rotateToken(
  instance: Instance,
  token: AccessToken,
  expiresAt: CalendarDate | undefined,
): TokenResult {
  if (token.revoked) return { error: "Token already revoked" };
  const user = instance.store.users.get(token.user_id);
  if (user === undefined) return { error: "Token already revoked" };
  if (token.granular_scopes === undefined && requiresGranular(instance, user)) {
    return { error: "Rotation of legacy personal access tokens is disabled" };
  }
  const expires_at = expiresAt ?? rotatedExpiry(instance, user);
  const problems = expiryProblems(instance, expires_at);
  if (problems.length > 0) return { error: sentence(problems) };
  revokeToken(instance, token);
  const { name, scopes, granular_scopes, description, impersonation } = token;
  return issue(instance, user, {
    name,
    scopes,
    granular_scopes,
    description: description ?? undefined,
    expires_at,
    impersonation,
    previous_id: token.id,
  });
}

function expiryProblems(instance: Instance, expiresAt: CalendarDate | null): string[] {
  const latest = latestExpiry(instance);
  const isTooLate = latest !== undefined && expiresAt !== null && expiresAt > latest;
  return isTooLate ? [`Expires at must be before ${latest}`] : [];
}

interface Issued extends Pick<AccessToken, "name" | "scopes" | "granular_scopes" | "expires_at"> {
  readonly description?: string;
  readonly previous_id: number | null;
  readonly impersonation?: boolean;
}

function issue(instance: Instance, user: User, request: Issued): TokenResult {
  const { store, clock } = instance;
  const { personal_access_token_prefix, instance_token_prefix } = store.settings;
  const prefix =
    instance_token_prefix === "" ? personal_access_token_prefix : `${instance_token_prefix}-glpat-`;
  const value = supports(instance, "routableTokens")
    ? routableValue(prefix, user.id)
    : plainValue(prefix);
  const now = clock.now();
  const token = store.tokens.insert({
    user_id: user.id,
    name: request.name,
    description: request.description ?? null,
    scopes: [...request.scopes],
    revoked: false,
    created_at: now,
    updated_at: now,
    last_used_at: null,
    last_used_ips: [],
    ips_recorded_at: null,
    expires_at: request.expires_at,
    previous_id: request.previous_id,
    impersonation: request.impersonation ?? false,
    ...(request.granular_scopes !== undefined && { granular_scopes: request.granular_scopes }),
    digest: digestOf(value),
  });
  return { token, value };
}

/** Several messages in one sentence, as Rails joins them. */
export function sentence(messages: readonly string[]): string {
  if (messages.length < 3) return messages.join(" and ");
  return `${messages.slice(0, -1).join(", ")}, and ${messages.at(-1) ?? ""}`;
}
