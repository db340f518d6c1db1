import type { TokenEntity } from "../../gitlab";
import {
  previousState,
  readMarker,
  retirementOf,
  type Overlap,
  type PreviousState,
  type RetirementPolicy,
} from "../../model";
import type { PreviousToken } from "./schema";

/** The status of a replaced token at a moment of the server's clock. */
export function retirementOfPrevious(entry: PreviousToken, policy: RetirementPolicy, now: Date) {
  return retirementOf({ revokeAt: entry.revoke_at, lastUsedAt: entry.last_used_at }, policy, now);
}

/** A token that has just been replaced. Its overlap has not begun yet. */
export function supersede(token: TokenEntity, generation: number | null): PreviousToken {
  const marked = readMarker(token.description ?? null)?.generation;
  return {
    token_id: token.id,
    generation: marked ?? generation,
    delivered_at: null,
    revoke_at: null,
    last_used_at: token.last_used_at ?? null,
    last_used_ips: [...(token.last_used_ips ?? [])],
    state: null,
    note: null,
  };
}

/** From the moment when no destination holds it any more. */
export function inOverlap(entry: PreviousToken, overlap: Overlap | undefined): PreviousToken {
  if (overlap === undefined) return entry;
  return { ...entry, delivered_at: overlap.deliveredAt, revoke_at: overlap.revokeAt };
}

/** With GitLab's current usage data. */
export function withLastUse(entry: PreviousToken, token: TokenEntity): PreviousToken {
  return {
    ...entry,
    last_used_at: token.last_used_at ?? null,
    last_used_ips: [...(token.last_used_ips ?? [])],
  };
}

/** With its status, and why it is still alive, for reviewers. */
export function withState(
  entry: PreviousToken,
  policy: RetirementPolicy,
  now: Date,
  ownTokenId: number | null,
): PreviousToken {
  const retirement = retirementOfPrevious(entry, policy, now);
  const state = previousState(retirement, entry.token_id === ownTokenId);
  return { ...entry, state, note: stateInWords(entry, state, policy) };
}

function stateInWords(
  entry: PreviousToken,
  state: PreviousState,
  { quietForDays, maxHoldDays }: RetirementPolicy,
): string {
  switch (state) {
    case "authenticates":
      return "this run authenticates with it; the first run that uses another token revokes it";
    case "undelivered":
      return "a destination may still hold it; kept until a newer token is delivered everywhere";
    case "overlapping":
      return `in its overlap until ${entry.revoke_at}`;
    case "held":
      return (
        `held since ${entry.revoke_at}: still in use, last at ${entry.last_used_at}${from(entry)}; ` +
        `revoked once it is quiet for ${quietForDays}d, and after ${maxHoldDays}d at the latest`
      );
    case "due":
      return "its overlap is over; the next apply revokes it";
    case "overdue":
      return `held for ${maxHoldDays}d; the next apply revokes it although it was used at ${entry.last_used_at}${from(entry)}`;
  }
}

function from({ last_used_ips: addresses }: PreviousToken): string {
  return addresses === null || addresses.length === 0 ? "" : ` from ${addresses.join(", ")}`;
}
