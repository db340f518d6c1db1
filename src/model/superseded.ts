import type { RotationPolicy } from "./rotation";

/** A token that a newer one has replaced, and that is still alive. */
export interface SupersededToken {
  /** ISO 8601. Null while a destination may still hold it. */
  readonly revokeAt: string | null;
  /** ISO 8601. Null if it was never used. */
  readonly lastUsedAt: string | null;
}

/**
 * `overlapping`: its overlap is not over. `undelivered`: a destination may still hold it. `held`: its overlap is over,
 * but it was used recently. `due`: revoke it. `overdue`: it was used recently, and was held for the maximum time.
 */
export type Retirement = "overlapping" | "undelivered" | "held" | "due" | "overdue";

/**
 * The status of a replaced token, for readers of a state. `authenticates`: its overlap is over, but this run uses it
 * itself; the first run that uses another token revokes it.
 */
export const PREVIOUS_STATES = [
  "undelivered",
  "overlapping",
  "held",
  "due",
  "overdue",
  "authenticates",
] as const satisfies readonly (Retirement | "authenticates")[];

export type PreviousState = (typeof PREVIOUS_STATES)[number];

type HoldPolicy = Pick<RotationPolicy, "quietForDays" | "maxHoldDays">;

const DAY = 86_400_000;

/**
 * GitLab writes `last_used_at` at most every ten minutes, so a use may be that much later.
 * @see https://docs.gitlab.com/user/profile/personal_access_tokens/
 */
export const STAMP_LAG = 600_000;

/** What to do with a replaced token at a moment of the server's clock. */
export function retirementOf(token: SupersededToken, policy: HoldPolicy, now: Date): Retirement {
  if (token.revokeAt === null) return "undelivered";
  const revokeAt = Date.parse(token.revokeAt);
  if (now.getTime() < revokeAt) return "overlapping";
  if (isQuiet(token.lastUsedAt, policy, now)) return "due";
  return now.getTime() < revokeAt + policy.maxHoldDays * DAY ? "held" : "overdue";
}

/** Whether a token was not used for as long as the rotation requires. */
export function isQuiet(lastUsedAt: string | null, policy: HoldPolicy, now: Date): boolean {
  if (lastUsedAt === null || policy.quietForDays === 0) return true;
  return now.getTime() - Date.parse(lastUsedAt) > policy.quietForDays * DAY + STAMP_LAG;
}

/** The moment a number of days after another, ISO 8601 in UTC with seconds. */
export function daysAfter(moment: Date, days: number): string {
  return `${new Date(moment.getTime() + days * DAY).toISOString().slice(0, 19)}Z`;
}

/** The state of a replaced token. `isOwn` says whether this run authenticates with it. */
export function previousState(retirement: Retirement, isOwn: boolean): PreviousState {
  const isWaited = retirement === "undelivered" || retirement === "overlapping";
  return isOwn && !isWaited ? "authenticates" : retirement;
}
