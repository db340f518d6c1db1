import { DiagnosticError, error } from "../../provider/contract";
import { exactlyOne } from "./problems";

/*
 * `ignore_changes` puts the state's value of an attribute in place of what is written, after validation has seen what is
 * written. An attribute that glsa fills in may so come to stand beside the one that it follows from.
 */

/** Called by a plan of an object that exists: refuses values of the state that contradict what is written. */
export function refuseIgnoredConflict(
  config: Readonly<Record<string, unknown>>,
  names: readonly string[],
): void {
  const [problem] = exactlyOne(config, names);
  if (problem !== undefined) throw ignoredConflict(names, problem.summary);
}

export function ignoredConflict(names: readonly string[], why: string): DiagnosticError {
  return new DiagnosticError(
    error(
      "ignored-changes",
      `ignore_changes must not hold ${names.join(", ")}`,
      `With the state's values that ignore_changes puts in their places, ${why}. Nothing was changed. Remove ` +
        `${names.join(", ")} and all from ignore_changes: what glsa fills in by itself needs no ignoring.`,
    ),
  );
}
