import { didYouMean } from "./nearest";
import type { Problem } from "./problem";

/**
 * Scopes that GitLab accepts for a personal access token, without `granular`: it needs permissions of its own that no
 * token of glsa has.
 * @see https://docs.gitlab.com/user/profile/personal_access_tokens/#personal-access-token-scopes
 */
export const KNOWN_SCOPES = [
  "api",
  "read_api",
  "read_user",
  "create_runner",
  "manage_runner",
  "k8s_proxy",
  "self_rotate",
  "mcp",
  "mcp_orbit",
  "read_repository",
  "write_repository",
  "read_registry",
  "write_registry",
  "read_virtual_registry",
  "write_virtual_registry",
  "read_observability",
  "write_observability",
  "ai_features",
  "sudo",
  "admin_mode",
  "read_service_ping",
] as const;

export type KnownScope = (typeof KNOWN_SCOPES)[number];

/**
 * Marks a scope that this release does not know, because GitLab is newer: `scope:new_scope` is sent to the server as
 * `new_scope`, unchecked.
 */
const UNCHECKED_PREFIX = "scope:";

export function uncheckedScope(name: string): string {
  return isKnownScope(name) ? name : `${UNCHECKED_PREFIX}${name}`;
}

/** The name as GitLab spells it. */
export function scopeName(scope: string): string {
  return scope.startsWith(UNCHECKED_PREFIX) ? scope.slice(UNCHECKED_PREFIX.length) : scope;
}

export function scopeProblem(scope: string): Problem | undefined {
  if (isKnownScope(scope) || scope.startsWith(UNCHECKED_PREFIX)) return undefined;
  return {
    code: "unknown-scope",
    summary: `Unknown scope "${scope}"`,
    detail:
      `"${scope}" is not a scope of GitLab's personal access tokens.${didYouMean(scope, KNOWN_SCOPES)} ` +
      `Known scopes: ${KNOWN_SCOPES.join(", ")}. A scope that is newer than this release is written ` +
      `"${UNCHECKED_PREFIX}${scope}".`,
  };
}

function isKnownScope(scope: string): scope is KnownScope {
  return (KNOWN_SCOPES as readonly string[]).includes(scope);
}
