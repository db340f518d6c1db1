import { identityOf } from "../../destinations/entry";
import { daysBetween, scopeName, utcDate, type RotationReason, type UtcDate } from "../../model";
import { holdsUnknown, isUnknown, UNKNOWN, type Unknown } from "../../provider/contract";
import { identityIsOpen } from "./destinations";
import type { TokenMemory } from "./private-state";
import { comparePermissions, permissionsChanged } from "./permissions";
import { policyOf, rotationDateOf } from "./rotation";
import type { AccessTokenConfig, AccessTokenState } from "./schema";
import { waitsForTurn } from "./turn";
import { mayStayWhereItIs } from "./validate";

/** The inputs of a plan. */
export interface Standing {
  readonly config: AccessTokenConfig;
  readonly proposed: AccessTokenConfig;
  readonly prior: AccessTokenState;
  readonly memory: TokenMemory | undefined;
}

interface Reasons {
  /** Why the present token does not do any more; empty when it does. */
  readonly all: readonly RotationReason[];
  /** Whether the declaration was changed, so that the plan cannot keep the token. */
  readonly isDeclared: boolean;
  /** Since when it is due, where it is for this reason alone and waits for its turn. */
  readonly waitsSince?: UtcDate | undefined;
}

/** GitLab cannot change a token, and a delivered value is not kept, so every reason leads to a new token. */
export function reasonsForNewToken(standing: Standing): Reasons {
  const declared = [
    ...declaredReasons(standing),
    ...keeperReasons(standing),
    ...addedReasons(standing),
  ];
  const others = [...declared, ...foundReasons(standing), ...deliveryReasons(standing)];
  const due = dueReasons(standing);
  const isWaiting = others.length === 0 && waitsForTurn(standing);
  return {
    all: isWaiting ? [] : [...due, ...others],
    isDeclared: declared.length > 0,
    ...(isWaiting && { waitsSince: dueSince(due) }),
  };
}

function dueSince(reasons: readonly RotationReason[]): UtcDate | undefined {
  return reasons.flatMap((reason) => (reason.code === "due" ? reason.since : []))[0];
}

function declaredReasons({ config, proposed, prior }: Standing): RotationReason[] {
  const reasons: RotationReason[] = [];
  if (!isUnknown(config.name) && config.name !== prior.name)
    reasons.push({ code: "name-changed", from: prior.name ?? "" });
  if (compareScopes(proposed.scopes, prior.scopes) === "other")
    reasons.push(scopesChanged(proposed.scopes, prior.scopes));
  if (comparePermissions(proposed.granular_scopes, prior.granular_scopes) === "other")
    reasons.push(permissionsChanged(proposed.granular_scopes, prior.granular_scopes));
  const isDated = config.rotation === null && !isUnknown(config.expires_at);
  if (isDated && config.expires_at !== prior.valid_until) {
    reasons.push({ code: "expiry-changed", from: prior.valid_until });
  }
  return reasons;
}

/** A value that the import does not know cannot have changed. */
function keeperReasons({ config, prior, memory }: Standing): RotationReason[] {
  if (memory?.imported || isUnknown(config.keepers)) return [];
  const before = prior.keepers ?? {};
  const now = config.keepers ?? {};
  const changed = [...new Set([...Object.keys(before), ...Object.keys(now)])]
    .filter((name) => !isUnknown(now[name]) && before[name] !== now[name])
    .sort();
  return changed.map((keeper) => ({ code: "keeper-changed", keeper }));
}

function foundReasons(standing: Standing): RotationReason[] {
  const { config, prior } = standing;
  const { token_id: tokenId, valid_until: validUntil } = prior;
  const reasons: RotationReason[] = [];
  if (isReplacedWhenRevoked(standing)) reasons.push({ code: "found-revoked", tokenId });
  // Without rotation a new token would need a new date, so the old one's expiry is only reported.
  if (prior.status === "expired" && config.rotation !== null) {
    reasons.push({ code: "found-expired", tokenId, since: validUntil });
  }
  if (isListed(config.revoke_now, tokenId)) reasons.push({ code: "revoke-now", tokenId });
  for (const stray of prior.strays ?? []) {
    reasons.push({ code: "interrupted-run", tokenId: stray });
  }
  return reasons;
}

export function isReplacedWhenRevoked(standing: Standing): boolean {
  return standing.prior.status === "revoked" && !mayStayWhereItIs(standing);
}

export function isListed(list: AccessTokenConfig["revoke_now"], tokenId: number | null): boolean {
  return !isUnknown(list) && list !== null && list.some((id) => id === tokenId);
}

function dueReasons({ proposed, prior, memory }: Standing): RotationReason[] {
  const policy = isUnknown(proposed.rotation) ? undefined : policyOf(proposed.rotation);
  if (policy === undefined || memory?.observed == null) return [];
  const today = utcDate(new Date(memory.observed.at));
  const date = rotationDateOf(policy, memory, prior.valid_until);
  if (date === null || today < date) return [];
  const { token_id: tokenId, valid_until: expiresOn } = prior;
  const { overlapDays } = policy;
  const reasons: RotationReason[] = [
    { code: "due", since: date, lateDays: daysBetween(date, today) },
  ];
  const isCut = expiresOn !== null && daysBetween(today, expiresOn) < overlapDays;
  if (isCut && prior.status === "active") {
    reasons.push({ code: "overlap-cut-short", tokenId, expiresOn, overlapDays });
  }
  return reasons;
}

/** An imported token is not replaced only because its value is not known here, unless the state must contain it. */
function addedReasons({ proposed, prior, memory }: Standing): RotationReason[] {
  const reasons: RotationReason[] = [];
  if (proposed.store_value === true && !prior.store_value) {
    reasons.push({ code: "value-stored" });
  }
  if (memory?.imported) return reasons;
  const known = new Set((prior.deliver_to ?? []).map(identityOf));
  const added = listed(proposed.deliver_to).filter(
    (entry) => !isUnknown(entry) && !identityIsOpen(entry) && !known.has(identityOf(entry)),
  );
  if (added.length > 0) reasons.push({ code: "destination-added" });
  return reasons;
}

/** What the last read found, or where the last delivery failed, for destinations that are still declared. */
function deliveryReasons({ proposed, prior, memory }: Standing): RotationReason[] {
  if (memory?.imported) return [];
  const before = (prior.deliver_to ?? []).map(identityOf);
  const kept = new Set(
    listed(proposed.deliver_to).map((entry) => (isUnknown(entry) ? "" : identityOf(entry))),
  );
  return (memory?.destinations ?? []).flatMap(({ failed, changed }, at): RotationReason[] => {
    if (!kept.has(before[at] ?? "-")) return [];
    if (failed !== null) return [{ code: "delivery-failed", failure: failed }];
    return changed === null ? [] : [{ code: "destination-changed", found: changed }];
  });
}

function listed(entries: AccessTokenConfig["deliver_to"]) {
  return isUnknown(entries) || entries === null ? [] : entries;
}

function scopesChanged(
  written: AccessTokenConfig["scopes"],
  had: AccessTokenState["scopes"],
): RotationReason {
  if (isUnknown(written)) return { code: "scopes-changed", changes: [] };
  const [wanted, before] = [written ?? [], had ?? []];
  const [names, namesBefore] = [knownNames(wanted), before.map(scopeName)];
  const gained = wanted.filter(
    (scope) => isUnknown(scope) || !namesBefore.includes(scopeName(scope)),
  );
  const lost = before.filter((scope) => !names.includes(scopeName(scope)));
  const changes = [
    ...gained.map((scope) => `+${isUnknown(scope) ? "(known after apply)" : scope}`),
    ...lost.map((scope) => `-${scope}`),
  ];
  return { code: "scopes-changed", changes };
}

/** As GitLab spells them: the prefix `scope:` only means that glsa does not know the scope. */
function knownNames(scopes: readonly unknown[]): string[] {
  return scopes.filter((scope) => typeof scope === "string").map(scopeName);
}

/** Two scopes that are not known yet may turn out to be equal, but never more than two. */
export function compareScopes(
  written: AccessTokenConfig["scopes"],
  had: AccessTokenState["scopes"],
): "same" | "other" | "unknown" {
  if (isUnknown(written)) return "unknown";
  const [wanted, before] = [written ?? [], had ?? []];
  const [names, namesBefore] = [knownNames(wanted), before.map(scopeName)];
  const missing = namesBefore.filter((name) => !names.includes(name)).length;
  const open = wanted.length - names.length;
  if (names.some((name) => !namesBefore.includes(name)) || missing > open) return "other";
  return open > 0 ? "unknown" : "same";
}

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
  if (comparePermissions(proposed.granular_scopes, prior.granular_scopes) === "unknown")
    return true;
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
    waits_since: knownIf(prior.waits_since === null, null),
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
