import { isUnknown, sameValue } from "../../provider/contract";
import { identityOf } from "./destinations";
import type { TokenMemory } from "./private-state";
import type { AccessTokenConfig, AccessTokenState } from "./schema";

/**
 * Why the present token does not do any more, in a reviewer's words; empty when it does. GitLab cannot change a
 * token, and a delivered value is not kept, so that every reason is answered with a new token.
 */
export function reasonsForNewToken(
  config: AccessTokenConfig,
  proposed: AccessTokenConfig,
  prior: AccessTokenState,
  memory: TokenMemory | undefined,
): string[] {
  const reasons = [...declaredReasons(config, proposed, prior), ...foundReasons(prior)];
  // An imported token is not made anew only because its value is not known here.
  if (memory?.imported) return reasons;
  return [
    ...reasons,
    ...storeReasons(proposed, prior),
    ...destinationReasons(proposed, prior, memory),
  ];
}

function declaredReasons(
  config: AccessTokenConfig,
  proposed: AccessTokenConfig,
  prior: AccessTokenState,
): string[] {
  const reasons: string[] = [];
  if (!sameValue(config.name, prior.name)) reasons.push(`name changed from "${prior.name}"`);
  if (!sameSet(proposed.scopes, prior.scopes))
    reasons.push(scopeReason(proposed.scopes, prior.scopes));
  if (!sameValue(config.expires_at, prior.expires_at)) {
    reasons.push(`expires_at changed from ${prior.expires_at ?? "never"}`);
  }
  return reasons;
}

function storeReasons(proposed: AccessTokenConfig, prior: AccessTokenState): string[] {
  if (proposed.store_value !== true || prior.store_value) return [];
  return ["store_value set: only a new value can be stored"];
}

/** A token whose own date has come is only reported: a new one would need a new date. */
function foundReasons(prior: AccessTokenState): string[] {
  return prior.status === "revoked" ? [`token ${prior.token_id} was found revoked`] : [];
}

function destinationReasons(
  proposed: AccessTokenConfig,
  prior: AccessTokenState,
  memory: TokenMemory | undefined,
): string[] {
  const { deliver_to: wanted } = proposed;
  if (isUnknown(wanted) || wanted === null) return [];
  const before = (prior.deliver_to ?? []).map(identityOf);
  const known = new Set(before);
  const added = wanted.filter((entry) => isUnknown(entry) || !known.has(identityOf(entry)));
  const stillWanted = new Set(wanted.map((entry) => (isUnknown(entry) ? "" : identityOf(entry))));
  const changed = (memory?.destinations ?? []).filter((_, at) =>
    stillWanted.has(before[at] ?? "-"),
  );
  return [
    ...(added.length > 0 ? ["a destination was added"] : []),
    ...changed.flatMap((destination) => destination.changed ?? []),
  ];
}

function scopeReason(wanted: AccessTokenConfig["scopes"], before: readonly string[]): string {
  if (isUnknown(wanted)) return "scopes changed";
  const gained = wanted.filter((scope) => isUnknown(scope) || !before.includes(scope));
  const lost = before.filter((scope) => !wanted.includes(scope));
  const words = [
    ...gained.map((scope) => `+${isUnknown(scope) ? "(known after apply)" : scope}`),
    ...lost.map((scope) => `-${scope}`),
  ];
  return `scopes changed (${words.join(", ")})`;
}

function sameSet(left: AccessTokenConfig["scopes"], right: readonly string[]): boolean {
  if (isUnknown(left) || left.some(isUnknown)) return false;
  return sameValue([...left].sort(), [...right].sort());
}
