import { identityOf } from "../../destinations/entry";
import { daysBetween, formatDays, scopeName, utcDate } from "../../model";
import { isUnknown } from "../../provider/contract";
import { identityIsOpen } from "./destinations";
import { mayStayWhereItIs } from "./nowhere";
import { policyOf, rotationDateOf } from "./policy";
import type { TokenMemory } from "./private-state";
import type { AccessTokenConfig, AccessTokenState } from "./schema";

/** What a plan goes by. */
export interface Standing {
  readonly config: AccessTokenConfig;
  readonly proposed: AccessTokenConfig;
  readonly prior: AccessTokenState;
  readonly memory: TokenMemory | undefined;
}

export interface Reasons {
  /** Why the present token does not do any more, in a reviewer's words; empty when it does. */
  readonly texts: readonly string[];
  /** Whether somebody changed the declaration, so that the plan cannot leave the token as it is. */
  readonly isDeclared: boolean;
}

/**
 * GitLab cannot change a token, and a delivered value is not kept, so that every reason is answered with a new token.
 */
export function reasonsForNewToken(standing: Standing): Reasons {
  const declared = [
    ...declaredReasons(standing),
    ...keeperReasons(standing),
    ...addedReasons(standing),
  ];
  const texts = [
    ...dueReasons(standing),
    ...declared,
    ...foundReasons(standing),
    ...deliveryReasons(standing),
  ];
  return { texts, isDeclared: declared.length > 0 };
}

function declaredReasons({ config, proposed, prior }: Standing): string[] {
  const reasons: string[] = [];
  if (!isUnknown(config.name) && config.name !== prior.name)
    reasons.push(`name changed from "${prior.name}"`);
  if (compareScopes(proposed.scopes, prior.scopes) === "other")
    reasons.push(scopeReason(proposed.scopes, prior.scopes));
  const isDated = config.rotation === null && !isUnknown(config.expires_at);
  if (isDated && config.expires_at !== prior.valid_until) {
    reasons.push(`expires_at changed from ${prior.valid_until ?? "never"}`);
  }
  return reasons;
}

/** What an import does not know cannot have changed. */
function keeperReasons({ config, prior, memory }: Standing): string[] {
  if (memory?.imported || isUnknown(config.keepers)) return [];
  const before = prior.keepers ?? {};
  const now = config.keepers ?? {};
  const changed = [...new Set([...Object.keys(before), ...Object.keys(now)])]
    .filter((name) => !isUnknown(now[name]) && before[name] !== now[name])
    .sort();
  return changed.map((name) => `keeper "${name}" changed`);
}

function foundReasons(standing: Standing): string[] {
  const { config, prior } = standing;
  const reasons: string[] = [];
  if (isReplacedWhenRevoked(standing)) reasons.push(`token ${prior.token_id} was found revoked`);
  // Without rotation a new token would need a new date, so that the old one's end is only reported.
  if (prior.status === "expired" && config.rotation !== null) {
    reasons.push(`token ${prior.token_id} was found expired since ${prior.valid_until}`);
  }
  if (isListed(config.revoke_now, prior.token_id)) {
    reasons.push(`token ${prior.token_id} is in revoke_now`);
  }
  for (const stray of prior.strays ?? []) {
    reasons.push(`token ${stray} was left by an interrupted run`);
  }
  return reasons;
}

export function isReplacedWhenRevoked(standing: Standing): boolean {
  return standing.prior.status === "revoked" && !mayStayWhereItIs(standing);
}

export function isListed(list: AccessTokenConfig["revoke_now"], tokenId: number | null): boolean {
  return !isUnknown(list) && list !== null && list.some((id) => id === tokenId);
}

function dueReasons({ proposed, prior, memory }: Standing): string[] {
  const policy = isUnknown(proposed.rotation) ? undefined : policyOf(proposed.rotation);
  if (policy === undefined || memory?.observed == null) return [];
  const today = utcDate(new Date(memory.observed.at));
  const date = rotationDateOf(policy, memory, prior.valid_until);
  if (date === null || today < date) return [];
  const late = daysBetween(date, today);
  const reasons = [`due since ${date}${late === 0 ? "" : ` (${formatDays(late)} overdue)`}`];
  const { valid_until: validUntil } = prior;
  if (validUntil !== null && prior.status === "active") {
    const left = daysBetween(today, validUntil);
    if (left < policy.overlapDays) {
      reasons.push(
        `token ${prior.token_id} expires on ${validUntil}, which cuts its overlap of ${formatDays(policy.overlapDays)} short`,
      );
    }
  }
  return reasons;
}

/** An imported token is not made anew only because its value is not known here, unless the state shall hold it. */
function addedReasons({ proposed, prior, memory }: Standing): string[] {
  const reasons: string[] = [];
  if (proposed.store_value === true && !prior.store_value) {
    reasons.push("store_value set: only a new value can be stored");
  }
  if (memory?.imported) return reasons;
  const known = new Set((prior.deliver_to ?? []).map(identityOf));
  const added = listed(proposed.deliver_to).filter(
    (entry) => !isUnknown(entry) && !identityIsOpen(entry) && !known.has(identityOf(entry)),
  );
  if (added.length > 0) reasons.push("a destination was added");
  return reasons;
}

/** What the last read saw, or the last delivery failed at, where the value still shall be. */
function deliveryReasons({ proposed, prior, memory }: Standing): string[] {
  if (memory?.imported) return [];
  const before = (prior.deliver_to ?? []).map(identityOf);
  const kept = new Set(
    listed(proposed.deliver_to).map((entry) => (isUnknown(entry) ? "" : identityOf(entry))),
  );
  return (memory?.destinations ?? []).flatMap(({ failed, changed }, at) => {
    const reason = failed ?? changed;
    return reason !== null && kept.has(before[at] ?? "-") ? [reason] : [];
  });
}

function listed(entries: AccessTokenConfig["deliver_to"]) {
  return isUnknown(entries) || entries === null ? [] : entries;
}

function scopeReason(wanted: AccessTokenConfig["scopes"], before: readonly string[]): string {
  if (isUnknown(wanted)) return "scopes changed";
  const [names, namesBefore] = [knownNames(wanted), before.map(scopeName)];
  const gained = wanted.filter(
    (scope) => isUnknown(scope) || !namesBefore.includes(scopeName(scope)),
  );
  const lost = before.filter((scope) => !names.includes(scopeName(scope)));
  const words = [
    ...gained.map((scope) => `+${isUnknown(scope) ? "(known after apply)" : scope}`),
    ...lost.map((scope) => `-${scope}`),
  ];
  return `scopes changed (${words.join(", ")})`;
}

/** As GitLab spells them: `scope:` before a name says only that glsa does not know it. */
function knownNames(scopes: readonly unknown[]): string[] {
  return scopes.filter((scope) => typeof scope === "string").map(scopeName);
}

/** Two scopes that are not known yet may turn out to be one, but never more than two. */
export function compareScopes(
  wanted: AccessTokenConfig["scopes"],
  before: readonly string[],
): "same" | "other" | "unknown" {
  if (isUnknown(wanted)) return "unknown";
  const [names, namesBefore] = [knownNames(wanted), before.map(scopeName)];
  const missing = namesBefore.filter((name) => !names.includes(name)).length;
  const open = wanted.length - names.length;
  if (names.some((name) => !namesBefore.includes(name)) || missing > open) return "other";
  return open > 0 ? "unknown" : "same";
}
