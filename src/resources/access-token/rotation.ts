import type { TokenEntity } from "../../gitlab";
import {
  datesOfNewToken,
  lastDayToApply,
  NO_ROTATION,
  parseDays,
  previousState,
  readMarker,
  retirementOf,
  rotationDate,
  rotationProblem,
  utcDate,
  type Overlap,
  type PreviousState,
  type Problem,
  type RetirementPolicy,
  type RotationPolicy,
  type UtcDate,
} from "../../model";
import { DiagnosticError, error, isUnknown, type AttributePath } from "../../provider/contract";
import type { ServerObservation, TokenMemory } from "./private-state";
import type { AccessTokenConfig, PreviousToken, RotationConfig, RotationState } from "./schema";

type RotationDays = Exclude<keyof RotationPolicy, "isSpread">;

/** The durations of `rotation`, and the attributes that hold them. */
export const DURATIONS = ["every", "overlap", "lifetime", "quiet_for", "max_hold"] as const;

const ATTRIBUTE_OF: Readonly<Record<RotationDays, string>> = {
  everyDays: "every",
  overlapDays: "overlap",
  lifetimeDays: "lifetime",
  quietForDays: "quiet_for",
  maxHoldDays: "max_hold",
} as const;

/** Undefined without rotation, or while a part of it is not known or not valid. */
export function policyOf(rotation: RotationConfig | null): RotationPolicy | undefined {
  if (rotation === null) return undefined;
  const everyDays = daysOf(rotation.every, undefined);
  const overlapDays = daysOf(rotation.overlap, NO_ROTATION.overlapDays);
  const lifetimeDays = daysOf(rotation.lifetime, null);
  const quietForDays = daysOf(rotation.quiet_for, NO_ROTATION.quietForDays);
  const maxHoldDays = daysOf(rotation.max_hold, NO_ROTATION.maxHoldDays);
  if (
    everyDays === undefined ||
    overlapDays === undefined ||
    lifetimeDays === undefined ||
    quietForDays === undefined ||
    maxHoldDays === undefined
  ) {
    return undefined;
  }
  if (isUnknown(rotation.spread)) return undefined;
  const isSpread = rotation.spread === true;
  return { everyDays, overlapDays, lifetimeDays, quietForDays, maxHoldDays, isSpread };
}

function daysOf<T>(written: unknown, absent: T): number | T | undefined {
  if (written === null || written === undefined) return absent;
  return typeof written === "string" ? parseDays(written) : undefined;
}

/** How old tokens are revoked: as in `rotation`, or by the defaults. */
export function retirementPolicy(rotation: RotationConfig | null): RetirementPolicy {
  return policyOf(rotation) ?? NO_ROTATION;
}

/** When a token is due by its rotation. Null if never. */
export function rotationDateOf(
  policy: RotationPolicy,
  memory: TokenMemory | undefined,
  expiresAt: UtcDate | null,
): UtcDate | null {
  const { countedFrom = null, isSpread, key } = memory ?? {};
  return rotationDate(policy, { countedFrom, expiresAt, spreadBy: isSpread ? key : undefined });
}

/** The problems of a rotation as a whole, and the attribute of each. */
export function policyProblem(
  policy: RotationPolicy | undefined,
  maxLifetimeDays?: number | null,
): { problem: Problem; path: AttributePath } | undefined {
  const problem = policy && rotationProblem(policy, maxLifetimeDays);
  return problem && { problem, path: ["rotation", ATTRIBUTE_OF[problem.attribute]] };
}

/** `30d` and `P30D` are equal: the state keeps its spelling. */
export function keepSpelling(
  proposed: RotationConfig | null,
  prior: RotationState | null,
): RotationConfig | null {
  if (proposed === null || prior === null) return proposed;
  const kept = { ...proposed };
  for (const name of DURATIONS) {
    const written = proposed[name];
    const before = prior[name];
    if (isUnknown(written) || written === null || before === null) continue;
    if (parseDays(written) === parseDays(before)) kept[name] = before;
  }
  return kept;
}

export interface NewTokenDates {
  /** Null for a token that never expires. */
  readonly expiresAt: UtcDate | null;
  readonly rotatesAt: UtcDate | null;
  readonly countedFrom: UtcDate;
  readonly isSpread?: boolean;
}

/** The dates of a token that is created now: as planned, or counted from today if they could not be planned. */
export function datesToUse(
  planned: AccessTokenConfig,
  { memory, key }: { readonly memory: TokenMemory | undefined; readonly key: string },
  { at, maxLifetimeDays }: ServerObservation,
): NewTokenDates {
  const today = utcDate(new Date(at));
  const { valid_until: expiresAt, rotates_at: rotatesAt } = planned;
  const policy = isUnknown(planned.rotation) ? undefined : policyOf(planned.rotation);
  if (policy === undefined) {
    return {
      expiresAt: isUnknown(expiresAt) ? null : expiresAt,
      rotatesAt: null,
      countedFrom: today,
    };
  }
  const spread = policy.isSpread === true && { isSpread: true };
  if (typeof expiresAt !== "string" || typeof rotatesAt !== "string" || memory?.observed == null) {
    const dates = datesOfNewToken(policy, today, maxLifetimeDays, key);
    return { ...dates, countedFrom: today, ...spread };
  }
  const countedFrom = utcDate(new Date(memory.observed.at));
  refuseStale({ expiresAt, rotatesAt }, policy, countedFrom, today);
  return { expiresAt, rotatesAt, countedFrom, ...spread };
}

function refuseStale(
  dates: { readonly expiresAt: UtcDate; readonly rotatesAt: UtcDate },
  policy: RotationPolicy,
  plannedOn: UtcDate,
  today: UtcDate,
): void {
  const last = lastDayToApply(plannedOn, dates, policy);
  if (today <= last) return;
  throw new DiagnosticError(
    error(
      "stale-plan",
      "The plan is too old",
      `It was made on ${plannedOn} for a token until ${dates.expiresAt}, and could be applied until ${last}; on the server it is ` +
        `${today}. The token's lifetime would be too short. Nothing was changed: plan again.`,
      ["expires_at"],
    ),
  );
}

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
