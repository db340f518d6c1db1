import {
  datesOfNewToken,
  lastDayToApply,
  utcDate,
  type RotationPolicy,
  type UtcDate,
} from "../../model";
import { DiagnosticError, error, isUnknown } from "../../provider/contract";
import { policyOf } from "./policy";
import type { ServerObservation, TokenMemory } from "./private-state";
import type { AccessTokenConfig } from "./schema";

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
