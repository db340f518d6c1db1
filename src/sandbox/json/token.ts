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
    ...(supports(instance, "granularTokens") ? { granular: false } : {}),
    expires_at: token.expires_at,
  };
}

/** A token without its value, as accounts' own lists show it. */
export function listedTokenJson(instance: Instance, token: AccessToken) {
  return {
    ...commonJson(instance, token),
    ...(supports(instance, "lastUsedIpsEverywhere") ? { last_used_ips: token.last_used_ips } : {}),
  };
}

/** A token without its value, as it describes itself and as look-ups show it. */
export function tokenJson(instance: Instance, token: AccessToken) {
  return {
    ...commonJson(instance, token),
    ...(supports(instance, "lastUsedIps") ? { last_used_ips: token.last_used_ips } : {}),
  };
}

/** A token with its value, as it is shown once. */
export function issuedTokenJson(instance: Instance, token: AccessToken, value: string) {
  return { ...listedTokenJson(instance, token), token: value };
}
