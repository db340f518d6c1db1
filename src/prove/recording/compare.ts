import type { Json, JsonObject } from "./recording";

/** One difference in the stand-in's response. `where` is a JSON pointer or a header. */
export interface Difference {
  readonly where: string;
  readonly recorded: string;
  readonly answered: string;
}

/**
 * Keys whose recorded value must be equal. All others are compared by type: ids, times, hosts and names created by the
 * server differ between runs.
 */
const literalKeys = new Set([
  ...["access_level", "active", "bot", "can_create_group", "can_create_project", "enterprise"],
  ...["expires_at", "external", "full_name", "full_path", "granular", "is_admin", "locked", "name"],
  ...["path", "path_with_namespace", "projects_limit", "public_email", "resource_type", "revoked"],
  ...["scopes", "service_access_tokens_expiration_enforced", "state", "two_factor_enabled"],
  ...["using_license_seat", "version", "visibility"],
]);

/** Null or not depending on what happened on the recorded server before the first request, which is not recorded. */
const historyKeys = new Set(["current_sign_in_at", "last_activity_on", "last_sign_in_at"]);

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function typeOf(value: Json | undefined): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

const lastKey = (pointer: string): string => pointer.split("/").at(-1) ?? "";

const show = (value: unknown): string => JSON.stringify(value) ?? "nothing";

/** GitLab renames objects that wait for their deletion with their number. */
const comparable = (value: Json): string =>
  show(value).replace(/deletion_scheduled-\d+/g, "deletion_scheduled-N");

/** All differences between a recorded and a returned body of a successful request. */
export function compareBodies(recorded: Json, answered: Json, pointer = ""): Difference[] {
  const difference = (a: unknown, b: unknown): Difference[] => [
    { where: pointer || "/", recorded: show(a), answered: show(b) },
  ];
  const key = lastKey(pointer);
  if (literalKeys.has(key) && comparable(recorded) !== comparable(answered))
    return difference(recorded, answered);
  if (typeOf(recorded) !== typeOf(answered)) {
    const oneIsNull = recorded === null || answered === null;
    return historyKeys.has(key) && oneIsNull ? [] : difference(recorded, answered);
  }
  if (isObject(recorded) && isObject(answered)) return compareObjects(recorded, answered, pointer);
  if (Array.isArray(recorded) && Array.isArray(answered)) {
    if (recorded.length !== answered.length) return difference(recorded, answered);
    return recorded.flatMap((element, index) =>
      compareBodies(element, answered[index] ?? null, `${pointer}/${index}`),
    );
  }
  return [];
}

function compareObjects(recorded: JsonObject, answered: JsonObject, pointer: string): Difference[] {
  const [expected, found] = [Object.keys(recorded), Object.keys(answered)];
  const differences: Difference[] = [
    ...expected
      .filter((key) => !(key in answered))
      .map((key) => ({ where: `${pointer}/${key}`, recorded: "present", answered: "missing" })),
    ...found
      .filter((key) => !(key in recorded))
      .map((key) => ({ where: `${pointer}/${key}`, recorded: "missing", answered: "present" })),
  ];
  const [first, second] = [
    expected.filter((key) => key in answered),
    found.filter((key) => key in recorded),
  ];
  const misplaced = first.findIndex((key, index) => key !== second[index]);
  if (misplaced >= 0)
    differences.push({
      where: `${pointer}/ (order of keys)`,
      recorded: first.slice(misplaced, misplaced + 3).join(", "),
      answered: second.slice(misplaced, misplaced + 3).join(", "),
    });
  for (const key of first)
    differences.push(
      ...compareBodies(recorded[key] ?? null, answered[key] ?? null, `${pointer}/${key}`),
    );
  return differences;
}

/** Bodies of errors must be equal, word for word. */
export const compareErrors = (recorded: Json, answered: Json): Difference[] =>
  show(recorded) === show(answered)
    ? []
    : [{ where: "/", recorded: show(recorded), answered: show(answered) }];
