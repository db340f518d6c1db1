import { NO_ROTATION, parseDays, type RotationPolicy } from "../../model";
import type { Schedule } from "./forms";
import { asText, isKnown, type Told } from "./values";

/** A schedule in days; undefined where a part of it is not known, or is no number of days. */
export function rotationPolicyOf(schedule: Schedule): RotationPolicy | undefined {
  const everyDays = daysOf(schedule.every, undefined);
  const overlapDays = daysOf(schedule.overlap, NO_ROTATION.overlapDays);
  const lifetimeDays = daysOf(schedule.lifetime, null);
  const quietForDays = daysOf(asText(schedule.others["quiet_for"]), NO_ROTATION.quietForDays);
  const maxHoldDays = daysOf(asText(schedule.others["max_hold"]), NO_ROTATION.maxHoldDays);
  if (everyDays === undefined || overlapDays === undefined || lifetimeDays === undefined) {
    return undefined;
  }
  if (quietForDays === undefined || maxHoldDays === undefined) return undefined;
  return { everyDays, overlapDays, lifetimeDays, quietForDays, maxHoldDays };
}

function daysOf<T>(text: Told<string>, absent: T): number | T | undefined {
  if (text === null) return absent;
  return isKnown(text) ? parseDays(text) : undefined;
}
