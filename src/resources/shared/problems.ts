import { error, isUnknown, type AttributePath, type Diagnostic } from "../../provider/contract";
import {
  containerSpellingProblem,
  parseAccountId,
  shownNameProblem,
  type Problem,
} from "../../model";

/** A broken rule as an error at an attribute. */
export function asError(problem: Problem | undefined, path: AttributePath): Diagnostic[] {
  return problem === undefined ? [] : [error(problem.code, problem.summary, problem.detail, path)];
}

/** Whether the attribute is written, even if its value is not known yet. */
export function isSet(value: unknown): boolean {
  return value !== null && value !== undefined;
}

/** The value if it is known and set. */
export function known<T>(value: T): Exclude<T, null | object> | undefined {
  if (value === null || value === undefined || isUnknown(value)) return undefined;
  return value as Exclude<T, null | object>;
}

/** The error if not exactly one of the attributes is set. One that is not known yet may turn out to be absent. */
export function exactlyOne(
  config: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Diagnostic[] {
  const written = names.filter((name) => isSet(config[name]) && config[name] !== false);
  const choice = names.join(", ");
  if (written.length === 0) {
    return [
      error(
        "missing-choice",
        `One of ${choice} is missing`,
        `Set exactly one of ${choice}; none is set.`,
      ),
    ];
  }
  const set = written.filter((name) => !isUnknown(config[name]));
  if (set.length <= 1) return [];
  return [
    error(
      "exclusive-choices",
      `${set.join(" and ")} are mutually exclusive`,
      `Set exactly one of ${choice}; ${set.join(" and ")} are set. Remove all but one.`,
      [set[1] ?? ""],
    ),
  ];
}

/** A known `service_account_id` must be the id of an account. */
export function accountIdErrors(written: unknown): Diagnostic[] {
  if (typeof written !== "string" || parseAccountId(written) !== undefined) return [];
  const detail = `service_account_id is the id of a glsa_service_account, such as group:12:345; got "${written}".`;
  return [
    error("malformed-id", `"${written}" is not the id of a service account`, detail, [
      "service_account_id",
    ]),
  ];
}

/** A known `group` or `project` must be a path or a number. */
export function containerErrors(
  config: { readonly group: unknown; readonly project: unknown },
  path: AttributePath = [],
): Diagnostic[] {
  return (["group", "project"] as const).flatMap((name) => {
    const { [name]: written } = config;
    if (typeof written !== "string") return [];
    return asError(containerSpellingProblem(written), [...path, name]);
  });
}

/** A known `name` must be one that GitLab stores unchanged. */
export function shownNameErrors(written: unknown): Diagnostic[] {
  if (typeof written !== "string") return [];
  return asError(shownNameProblem("name", written), ["name"]);
}
