import type { TokenEntity } from "../../gitlab";
import { readMarker, retirementOf, type Overlap, type RetirementPolicy } from "../../model";
import type { PreviousToken } from "./schema";

/** How a replaced token stands at a moment of the server's clock. */
export function retirementOfPrevious(entry: PreviousToken, policy: RetirementPolicy, now: Date) {
  return retirementOf({ revokeAt: entry.revoke_at, lastUsedAt: entry.last_used_at }, policy, now);
}

/** A token that has just been replaced; its overlap has not begun yet. */
export function supersede(token: TokenEntity, generation: number | null): PreviousToken {
  const marked = readMarker(token.description ?? null)?.generation;
  return {
    token_id: token.id,
    generation: marked ?? generation,
    delivered_at: null,
    revoke_at: null,
    last_used_at: token.last_used_at ?? null,
    last_used_ips: [...(token.last_used_ips ?? [])],
    note: null,
  };
}

/** From the moment on when no destination holds it any more. */
export function inOverlap(entry: PreviousToken, overlap: Overlap | undefined): PreviousToken {
  if (overlap === undefined) return entry;
  return { ...entry, delivered_at: overlap.deliveredAt, revoke_at: overlap.revokeAt };
}

/** With what GitLab says of its use now. */
export function withLastUse(entry: PreviousToken, token: TokenEntity): PreviousToken {
  return {
    ...entry,
    last_used_at: token.last_used_at ?? null,
    last_used_ips: [...(token.last_used_ips ?? [])],
  };
}

/** With the reason why it is still alive, in a reviewer's words. */
export function withNote(
  entry: PreviousToken,
  policy: RetirementPolicy,
  now: Date,
  ownTokenId: number | null,
): PreviousToken {
  return { ...entry, note: noteOf(entry, policy, now, ownTokenId) };
}

function noteOf(
  entry: PreviousToken,
  policy: RetirementPolicy,
  now: Date,
  ownTokenId: number | null,
): string {
  const retirement = retirementOfPrevious(entry, policy, now);
  const isWaited = retirement !== "undelivered" && retirement !== "overlapping";
  if (isWaited && entry.token_id === ownTokenId) {
    return "this run authenticates with it; the first run that uses another token revokes it";
  }
  switch (retirement) {
    case "undelivered":
      return "a destination may still hold it; kept until a newer token is delivered everywhere";
    case "overlapping":
      return `in its overlap until ${entry.revoke_at}`;
    case "held":
      return (
        `held since ${entry.revoke_at}: still in use, last at ${entry.last_used_at}${from(entry)}; ` +
        `revoked once it is quiet for ${policy.quietForDays}d, and after ${policy.maxHoldDays}d at the latest`
      );
    case "due":
      return "its overlap is over; the next apply revokes it";
    case "overdue":
      return `held for ${policy.maxHoldDays}d; the next apply revokes it although it was used at ${entry.last_used_at}${from(entry)}`;
  }
}

function from({ last_used_ips: addresses }: PreviousToken): string {
  return addresses === null || addresses.length === 0 ? "" : ` from ${addresses.join(", ")}`;
}
