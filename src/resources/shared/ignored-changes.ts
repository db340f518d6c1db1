import { DiagnosticError, error } from "../../provider/contract";
import { exactlyOne } from "./problems";

/*
 * `ignore_changes` replaces the written value of an attribute by the state's value, after validation has checked the
 * written one. So an attribute that glsa fills in may end up beside the one that it follows from.
 */

/** Called by a plan of an existing object: refuses values of the state that contradict what is written. */
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
      `With the state's values that ignore_changes uses instead, ${why}. Nothing was changed. Remove ` +
        `${names.join(", ")} and all from ignore_changes: values that glsa fills in by itself need not be ignored.`,
    ),
  );
}
