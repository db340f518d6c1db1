import {
  daysProblem,
  NO_ROTATION,
  parseDays,
  rotationProblem,
  type RotationPolicy,
} from "../../src/model";
import { ruleProblems } from "./common-rules";
import { at, type DeclarationProblem } from "./declaration-problem";
import type { Duration } from "./duration";
import type { IsLate } from "./late";
import type { Rotation } from "./rotation";

/** The model's names of the durations, and their names in a declaration. */
const PROPERTY_OF = {
  everyDays: "every",
  overlapDays: "overlap",
  lifetimeDays: "lifetime",
  quietForDays: "quietFor",
  maxHoldDays: "maxHold",
} as const;

const PROPERTIES = Object.values(PROPERTY_OF);

/** All problems of a rotation: those of its parts, or else those of the parts together, once all of them are known. */
export function rotationProblems(
  rotation: Rotation | undefined,
  isLate: IsLate,
): DeclarationProblem[] {
  if (rotation === undefined) return [];
  const isKnownLater = (duration?: Duration) => isLate(duration?.amount);
  const problems = PROPERTIES.flatMap((name) => {
    const duration = rotation[name];
    const written = isKnownLater(duration) ? undefined : duration?.toString();
    return ruleProblems(`rotation.${name}`, written, (text) => daysProblem(name, text), isLate);
  });
  if (problems.length > 0 || PROPERTIES.some((name) => isKnownLater(rotation[name]))) {
    return problems;
  }
  return policyProblems(rotation);
}

/** Undefined without rotation, or while a part of it comes later or is not a duration. */
export function rotationPolicyOf(
  rotation: Rotation | undefined,
  isLate: IsLate,
): RotationPolicy | undefined {
  if (rotation === undefined) return undefined;
  const durations = PROPERTIES.flatMap((name) => rotation[name] ?? []);
  const isWhole = durations.every(
    (duration) => !isLate(duration.amount) && parseDays(duration.toString()) !== undefined,
  );
  return isWhole ? asPolicy(rotation) : undefined;
}

/** Parts that are left out have their defaults. */
export function asPolicy(rotation: Rotation): RotationPolicy {
  return {
    everyDays: daysOf(rotation.every, 0),
    overlapDays: daysOf(rotation.overlap, NO_ROTATION.overlapDays),
    lifetimeDays: daysOf(rotation.lifetime, NO_ROTATION.lifetimeDays),
    quietForDays: daysOf(rotation.quietFor, NO_ROTATION.quietForDays),
    maxHoldDays: daysOf(rotation.maxHold, NO_ROTATION.maxHoldDays),
  };
}

function policyProblems(rotation: Rotation): DeclarationProblem[] {
  const problem = rotationProblem(asPolicy(rotation));
  if (problem === undefined) return [];
  const { attribute, ...rule } = problem;
  return at(`rotation.${PROPERTY_OF[attribute]}`, rule);
}

function daysOf<T>(duration: Duration | undefined, absent: T): number | T {
  return duration === undefined ? absent : (parseDays(duration.toString()) ?? absent);
}
