import { holdsUnknown, isUnknown, UNKNOWN, type Unknown } from "../../provider/contract";
import { identityIsOpen } from "./destinations";
import { compareScopes, type Standing } from "./reasons";
import type { AccessTokenConfig } from "./schema";

/*
 * An unknown value is no reason for a new token, but may turn out to be one. The plan then leaves open whether there
 * will be one. The engine's second plan, inside apply, decides.
 */

/** Whether a value that decides about a new token is not known yet. */
export function isUndecided(standing: Standing): boolean {
  const { config, proposed, prior, memory } = standing;
  if (isUnknown(config.name) || holdsUnknown(config.rotation) || holdsUnknown(config.revoke_now))
    return true;
  if (compareScopes(proposed.scopes, prior.scopes) === "unknown") return true;
  if (config.rotation === null && isUnknown(config.expires_at)) return true;
  if (memory?.imported) return false;
  return (
    holdsUnknown(config.keepers) || isUnknown(config.store_value) || destinationsAreOpen(config)
  );
}

function destinationsAreOpen({ deliver_to: written }: AccessTokenConfig): boolean {
  if (isUnknown(written)) return true;
  return (written ?? []).some(identityIsOpen);
}

/** The current token or the next one: only what both have in common is known. */
export function eitherGeneration(standing: Standing): AccessTokenConfig {
  const { config, proposed, prior } = standing;
  return {
    ...proposed,
    description: keptDescription(standing),
    valid_until: config.expires_at ?? (config.rotation === null ? null : UNKNOWN),
    rotates_at: config.rotation === null ? null : UNKNOWN,
    token_id: UNKNOWN,
    generation: UNKNOWN,
    created_at: UNKNOWN,
    status: knownIf(prior.status === "active", prior.status),
    rotation_reason: UNKNOWN,
    rotation_reasons: UNKNOWN,
    fingerprint: UNKNOWN,
    previous: UNKNOWN,
    strays: knownIf((prior.strays ?? []).length === 0, prior.strays),
    value: proposed.store_value === false ? null : UNKNOWN,
  };
}

/**
 * GitLab's description. A new one reaches GitLab with the next token, and the state with the read after that. So a plan
 * that leaves open whether there will be a next token can show the same in both cases.
 */
export function keptDescription({ prior, proposed }: Standing): AccessTokenConfig["description"] {
  return prior.description ?? proposed.description;
}

function knownIf<T>(isSame: boolean, value: T): T | Unknown {
  return isSame ? value : UNKNOWN;
}
