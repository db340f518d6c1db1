import {
  NO_ROTATION,
  parseDays,
  rotationDate,
  rotationProblem,
  type Problem,
  type RetirementPolicy,
  type RotationPolicy,
  type UtcDate,
} from "../../model";
import { isUnknown, type AttributePath } from "../../provider/contract";
import type { TokenMemory } from "./private-state";
import type { RotationConfig, RotationState } from "./schema";

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
