import {
  error,
  isUnknown,
  warning,
  type AttributePath,
  type Diagnostic,
} from "../../provider/contract";
import type { Problem } from "../../model";

/** A broken rule as an error at an attribute. */
export function asError(problem: Problem | undefined, path: AttributePath): Diagnostic[] {
  return problem === undefined ? [] : [error(problem.summary, problem.detail, path)];
}

export function asWarning(problem: Problem | undefined, path: AttributePath): Diagnostic[] {
  return problem === undefined ? [] : [warning(problem.summary, problem.detail, path)];
}

/** Whether somebody wrote the attribute, be its value known yet or not. */
export function isSet(value: unknown): boolean {
  return value !== null && value !== undefined;
}

/** The value where it is known and set. */
export function known<T>(value: T): Exclude<T, null | object> | undefined {
  if (value === null || value === undefined || isUnknown(value)) return undefined;
  return value as Exclude<T, null | object>;
}

/** Names the attributes of which exactly one must be set, when that is not so. */
export function exactlyOne(
  config: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Diagnostic[] {
  const set = names.filter((name) => isSet(config[name]) && config[name] !== false);
  if (set.length === 1) return [];
  const choice = names.join(", ");
  if (set.length === 0) {
    return [error(`One of ${choice} is missing`, `Write exactly one of ${choice}; none is set.`)];
  }
  return [
    error(
      `${set.join(" and ")} exclude each other`,
      `Write exactly one of ${choice}; ${set.join(" and ")} are set. Remove all but one.`,
      [set[1] ?? ""],
    ),
  ];
}
