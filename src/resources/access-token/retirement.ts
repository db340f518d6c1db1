import { isQuiet, NO_ROTATION, type RetirementPolicy } from "../../model";
import { error, isUnknown, type Diagnostic } from "../../provider/contract";
import { retirementPolicy } from "./policy";
import { isOver } from "./previous";
import { isListed, type Standing } from "./reasons";
import type { AccessTokenState, PreviousToken } from "./schema";

/** The present token, the one in its overlap, and one that is held. */
export const MOST_LIVE_TOKENS = 3;

/** The old tokens that an apply of this plan revokes, unless they are used in between. */
export function planRetirement(standing: Standing): PreviousToken[] {
  const { config, prior, memory } = standing;
  const now = observedNow(standing);
  if (now === undefined) return [];
  const policy = policyOfStanding(standing);
  return (prior.previous ?? []).filter((entry) => {
    if (entry.token_id === memory?.observed?.ownTokenId) return false;
    return isListed(config.revoke_now, entry.token_id) || isOver(entry, policy, now);
  });
}

/** Whether one more live token would be too many, and none of the old ones can go before. */
export function leavesNoRoom(standing: Standing): boolean {
  const { config, prior } = standing;
  const now = observedNow(standing);
  const isLeaked = isListed(config.revoke_now, prior.token_id);
  if (now === undefined || prior.status !== "active" || isLeaked) return false;
  const previous = prior.previous ?? [];
  const alive = 1 + previous.length - planRetirement(standing).length;
  if (alive < MOST_LIVE_TOKENS) return false;
  return oldestQuiet(previous, policyOfStanding(standing), now) === undefined;
}

/** The oldest of the replaced tokens, if nobody has used it lately and no destination may hold it. */
export function oldestQuiet(
  previous: readonly PreviousToken[],
  policy: RetirementPolicy,
  now: Date,
): PreviousToken | undefined {
  const [oldest] = previous;
  if (oldest === undefined || oldest.revoke_at === null) return undefined;
  return isQuiet(oldest.last_used_at, policy, now) ? oldest : undefined;
}

export function crowdedError({ name, token_id, previous, ...state }: AccessTokenState): Diagnostic {
  const alive = [token_id, ...(previous ?? []).map((entry) => entry.token_id)];
  return error(
    `Token "${name}" cannot be replaced yet`,
    `Tokens ${alive.join(", ")} of ${state.service_account_id} are all alive, and the oldest of them was used at ` +
      `${previous?.[0]?.last_used_at ?? "a time unknown"}, so that a further one would be one too many. Wait until one has ` +
      `retired, give its user the delivered value, or name it in revoke_now.`,
    ["previous"],
  );
}

function observedNow({ memory }: Standing): Date | undefined {
  return memory?.observed == null ? undefined : new Date(memory.observed.at);
}

function policyOfStanding({ proposed }: Standing): RetirementPolicy {
  return isUnknown(proposed.rotation) ? NO_ROTATION : retirementPolicy(proposed.rotation);
}
