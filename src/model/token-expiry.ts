import { addDays, type UtcDate } from "./dates";
import type { Problem } from "./problem";

/**
 * The maximum lifetime of a token on any GitLab, in days: 365, or 400 with the flag `buffered_token_expiration_limit`.
 * @see https://docs.gitlab.com/user/profile/personal_access_tokens/#access-token-expiration
 */
export const LONGEST_MAX_LIFETIME_DAYS = 400;

/** A token stops working at 00:00 UTC on the day of its expiry, so that day itself is already too late. */
export function isExpired(expiresAt: UtcDate | null, today: UtcDate): boolean {
  return expiresAt !== null && expiresAt <= today;
}

export interface ExpiryBounds {
  /** The server's day, not this machine's. */
  readonly today: UtcDate;
  /** Null if the instance sets no limit. */
  readonly maxLifetimeDays: number | null;
}

/** Whether a token that is created today may expire on a day. */
export function expiryProblem(expiresAt: UtcDate, bounds: ExpiryBounds): Problem | undefined {
  const { today, maxLifetimeDays } = bounds;
  if (isExpired(expiresAt, today)) {
    return {
      code: "expiry-passed",
      summary: `expires_at ${expiresAt} has passed`,
      detail:
        `A token stops working at 00:00 UTC on the day it expires, and on the server it is ${today}. ` +
        `Write ${addDays(today, 1)} or later.`,
    };
  }
  if (maxLifetimeDays === null) return undefined;
  const latest = addDays(today, maxLifetimeDays);
  if (expiresAt > latest) {
    return {
      code: "expiry-too-late",
      summary: `expires_at ${expiresAt} is too far ahead`,
      detail:
        `The maximum lifetime on this instance is ${maxLifetimeDays} days, which is until ${latest}. ` +
        `Write that day or an earlier one.`,
    };
  }
  return undefined;
}
