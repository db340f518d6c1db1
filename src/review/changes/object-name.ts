import type { TokenForm } from "../objects/forms";
import type { PlannedObject } from "../objects/planned-object";
import { inWords, isKnown } from "../objects/values";

/** What of its account an object is: "account", `token "ci"`, "membership of platform/charts". */
export function objectName(object: PlannedObject): string {
  if (object.kind === "account") return "account";
  if (object.kind === "membership") {
    return `membership of ${inWords((object.after ?? object.before)?.place ?? null)}`;
  }
  const form = object.after ?? object.before;
  return form === null ? "token" : `token ${quoted(form)}`;
}

export function quoted({ name }: TokenForm): string {
  return isKnown(name) ? `"${name}"` : inWords(name);
}
