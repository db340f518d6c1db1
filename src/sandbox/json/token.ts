import type { Feature } from "../features";
import { supports, type Instance } from "../instance";
import { isActive } from "../rules/token-expiry";
import type { AccessToken } from "../state/rows";

function commonJson(instance: Instance, token: AccessToken) {
  const { id, name, revoked, created_at, description, scopes, user_id, last_used_at } = token;
  return {
    id,
    name,
    revoked,
    created_at,
    description,
    scopes,
    user_id,
    last_used_at,
    active: isActive(token, instance.clock.today()),
    ...(supports(instance, "granularTokens")
      ? { granular: token.granular_scopes !== undefined }
      : {}),
    expires_at: token.expires_at,
  };
}

/** The permissions of a fine-grained token. Releases came to show them in one response after the other. */
function granularJson(instance: Instance, { granular_scopes }: AccessToken, since: Feature) {
  return granular_scopes !== undefined && supports(instance, since) ? { granular_scopes } : {};
}

function briefJson(instance: Instance, token: AccessToken) {
  return {
    ...commonJson(instance, token),
    ...(supports(instance, "lastUsedIpsEverywhere") ? { last_used_ips: token.last_used_ips } : {}),
  };
}

/** A token without its value, as accounts' own lists show it. */
export function listedTokenJson(instance: Instance, token: AccessToken) {
  return {
    ...briefJson(instance, token),
    ...granularJson(instance, token, "granularSelfTokens"),
  };
}

function lookedUpJson(instance: Instance, token: AccessToken) {
  return {
    ...commonJson(instance, token),
    ...(supports(instance, "lastUsedIps") ? { last_used_ips: token.last_used_ips } : {}),
  };
}

/** A token without its value, as look-ups show it. */
export function tokenJson(instance: Instance, token: AccessToken) {
  return {
    ...lookedUpJson(instance, token),
    ...granularJson(instance, token, "granularSelfTokens"),
  };
}

/** A token without its value, as it describes itself. */
export function ownTokenJson(instance: Instance, token: AccessToken) {
  return {
    ...lookedUpJson(instance, token),
    ...granularJson(instance, token, "granularScopesOfSelf"),
  };
}

/** A token with its value, as it is shown once. */
export function issuedTokenJson(instance: Instance, token: AccessToken, value: string) {
  return {
    ...briefJson(instance, token),
    ...granularJson(instance, token, "granularUserTokens"),
    token: value,
  };
}
