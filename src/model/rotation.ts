import { createHash } from "node:crypto";
import { addDays, daysBetween, type UtcDate } from "./dates";
import { formatDays } from "./durations";
import type { Problem } from "./problem";
import { LONGEST_MAX_LIFETIME_DAYS } from "./token-expiry";

/** When a token is replaced by the next, all in whole days. */
export interface RotationPolicy {
  readonly everyDays: number;
  /** How long the old token works beside the delivered new one. */
  readonly overlapDays: number;
  /** From creation to expiry; null for every + overlap + slack. */
  readonly lifetimeDays: number | null;
  /** A token that was used within this time is not revoked yet ... */
  readonly quietForDays: number;
  /** ... but this time after its overlap it is revoked even if in use. */
  readonly maxHoldDays: number;
  /** Whether tokens are due on days of their own within `every`, whenever they were made. */
  readonly isSpread?: boolean;
}

/** The part that also applies to the old tokens of a token without schedule. */
export type RetirementPolicy = Omit<RotationPolicy, "everyDays">;

export const DEFAULT_OVERLAP_DAYS = 3;
export const DEFAULT_QUIET_FOR_DAYS = 1;
export const DEFAULT_MAX_HOLD_DAYS = 7;

/** GitLab's limit if it cannot be read: 365 days. */
export const DEFAULT_MAX_LIFETIME_DAYS = 365;

/** Days of their own are counted from here. */
const EPOCH: UtcDate = "1970-01-01";

/** Runs that a schedule may miss without an outage, if the lifetime allows them. */
const SLACK_DAYS = 7;

/** A plan may wait over a weekend before it is applied, even if the lifetime leaves no slack. */
const LEAST_GRACE_DAYS = 3;

/** How a token without `rotation` is replaced after a change. */
export const NO_ROTATION: RetirementPolicy = {
  overlapDays: DEFAULT_OVERLAP_DAYS,
  lifetimeDays: null,
  quietForDays: DEFAULT_QUIET_FOR_DAYS,
  maxHoldDays: DEFAULT_MAX_HOLD_DAYS,
};

export interface TokenDates {
  readonly expiresAt: UtcDate;
  readonly rotatesAt: UtcDate;
}

/** The dates of a token that is created today. */
export function datesOfNewToken(
  policy: RotationPolicy,
  today: UtcDate,
  maxLifetimeDays: number | null,
  /** The token's key, by which its day within `every` is found; left out where it is not spread. */
  spreadBy?: string,
): TokenDates {
  const expiresAt = addDays(today, lifetimeOf(policy, maxLifetimeDays));
  const token = { countedFrom: today, expiresAt, spreadBy };
  return { expiresAt, rotatesAt: rotationDate(policy, token) ?? today };
}

/**
 * The day from which a token is due: `every` after the day it is counted from, or earlier if its own expiry would leave
 * no room for overlap and slack. Null if neither is set.
 */
export function rotationDate(
  policy: RotationPolicy,
  token: {
    /** Null for a token that glsa did not create: it lasts until its expiry. */
    readonly countedFrom: UtcDate | null;
    readonly expiresAt: UtcDate | null;
    /** The key of a token that was made while its rotation was spread. */
    readonly spreadBy?: string | undefined;
  },
): UtcDate | null {
  const { countedFrom, expiresAt, spreadBy } = token;
  const dates: UtcDate[] = [];
  if (countedFrom !== null) {
    const isSpread = policy.isSpread === true && spreadBy !== undefined;
    const days = isSpread ? daysToOwnDay(spreadBy, countedFrom, policy) : policy.everyDays;
    dates.push(addDays(countedFrom, days));
  }
  if (expiresAt !== null) {
    dates.push(addDays(expiresAt, policy.everyDays - leastLifetime(policy) - slackOf(policy)));
  }
  return dates.sort()[0] ?? null;
}

/**
 * From a day to the next one that is a token's own: one in every so many days, by a hash of its key. It stays the same
 * whatever else makes a new token in between, and whenever a run comes late.
 */
function daysToOwnDay(key: string, from: UtcDate, { everyDays }: RotationPolicy): number {
  const phase = createHash("sha256").update(key).digest().readUInt32BE() % everyDays;
  const passed = daysBetween(EPOCH, from) % everyDays;
  return (phase - passed + everyDays) % everyDays || everyDays;
}

function slackOf(policy: RotationPolicy): number {
  if (policy.lifetimeDays === null) return SLACK_DAYS;
  return Math.max(0, Math.min(SLACK_DAYS, policy.lifetimeDays - leastLifetime(policy)));
}

/** From creation to expiry in days: as declared, within the maximum as far as every and overlap allow. */
export function lifetimeOf(policy: RotationPolicy, maxLifetimeDays: number | null): number {
  const least = leastLifetime(policy);
  const wanted = policy.lifetimeDays ?? least + SLACK_DAYS;
  return maxLifetimeDays === null ? wanted : Math.max(Math.min(wanted, maxLifetimeDays), least);
}

/** A token does not work on the day of its expiry, so one without overlap needs a day for its replacement. */
export function leastLifetime({ everyDays, overlapDays }: RotationPolicy): number {
  return everyDays + Math.max(overlapDays, 1);
}

/** The last day on which a planned rotation may be applied. Its dates are counted from the day of the plan. */
export function lastDayToApply(
  plannedOn: UtcDate,
  { expiresAt, rotatesAt }: TokenDates,
  policy: RotationPolicy,
): UtcDate {
  const grace = Math.max(slackOf(policy), LEAST_GRACE_DAYS);
  const latest = [addDays(plannedOn, grace), addDays(rotatesAt, -1), addDays(expiresAt, -1)];
  return latest.sort()[0] ?? plannedOn;
}

/** The problems of a rotation, wherever it is used. */
export function rotationProblem(
  policy: RotationPolicy,
  maxLifetimeDays: number | null = LONGEST_MAX_LIFETIME_DAYS,
): (Problem & { readonly attribute: Exclude<keyof RotationPolicy, "isSpread"> }) | undefined {
  const { everyDays, overlapDays, lifetimeDays } = policy;
  const least = leastLifetime(policy);
  if (everyDays < 1) {
    return {
      attribute: "everyDays",
      code: "every-too-short",
      summary: "every must be at least 1 day",
      detail: "Rotation is due by date, so at most once a day. Write 1d or more.",
    };
  }
  if (overlapDays >= everyDays) {
    return {
      attribute: "overlapDays",
      code: "overlap-too-long",
      summary: "overlap must be shorter than every",
      detail:
        `The old token would still be alive at the next rotation: every is ${formatDays(everyDays)}, ` +
        `overlap ${formatDays(overlapDays)}. Write an overlap of at most ${formatDays(everyDays - 1)}, or a longer every.`,
    };
  }
  if (lifetimeDays !== null && lifetimeDays < least) {
    return {
      attribute: "lifetimeDays",
      code: "lifetime-too-short",
      summary: "lifetime is too short",
      detail:
        `A token's lifetime must cover every and overlap, which is ${formatDays(least)}; lifetime is ` +
        `${formatDays(lifetimeDays)}. Leave lifetime out, or write ${least + SLACK_DAYS}d, which allows for missed runs.`,
    };
  }
  if (maxLifetimeDays === null || Math.max(least, lifetimeDays ?? 0) <= maxLifetimeDays) {
    return undefined;
  }
  return {
    attribute: lifetimeDays === null ? "everyDays" : "lifetimeDays",
    code: "lifetime-too-long",
    summary: "The token would have to live longer than GitLab allows",
    detail:
      `It needs ${formatDays(Math.max(least, lifetimeDays ?? 0))}, and the maximum lifetime is ${formatDays(maxLifetimeDays)}. ` +
      `Rotate more often.`,
  };
}
