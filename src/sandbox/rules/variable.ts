import { invalidRecord } from "../http/errors";
import type { Instance } from "../instance";
import type { Variable } from "../state/rows";
import { sourceKey } from "../state/store";

const longest = 255;
const maskable = /^[A-Za-z0-9_+=/@:.~-]{8,}$/;
const rawMaskable = /^\S{8,}$/;
const scopePattern = /^[A-Za-z0-9\-_/${}.* ]+$/;

/** Refuses a variable that breaks a rule of its attributes, or exists already. */
export function validateVariable(
  { store }: Instance,
  variable: Omit<Variable, "id" | "updated_at">,
  current?: Variable,
): void {
  const { key, value, masked, raw, environment_scope, description } = variable;
  const isTaken = store.variablesBySource
    .all(sourceKey(variable.source_type, variable.source_id))
    .some(
      (other) =>
        other !== current && other.key === key && other.environment_scope === environment_scope,
    );
  const errors: Record<string, string[]> = {
    key: [
      ...(key === "" ? ["can't be blank"] : []),
      ...(key.length > longest ? [`is too long (maximum is ${longest} characters)`] : []),
      ...(/^[A-Za-z0-9_]*$/.test(key) ? [] : ["can contain only letters, digits and '_'."]),
      ...(isTaken ? [`(${key}) has already been taken`] : []),
    ],
    value: masked && !(raw ? rawMaskable : maskable).test(value) ? ["is invalid"] : [],
    environment_scope: scopePattern.test(environment_scope)
      ? []
      : ["can contain only letters, digits, '-', '_', '/', '$', '{', '}', '.', '*' and spaces"],
    description:
      (description?.length ?? 0) > longest
        ? [`is too long (maximum is ${longest} characters)`]
        : [],
  };
  const found = Object.entries(errors).filter(([, messages]) => messages.length > 0);
  if (found.length > 0) throw invalidRecord(Object.fromEntries(found));
}
