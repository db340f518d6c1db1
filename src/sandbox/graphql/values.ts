import type { FieldSelection, Value, VariableDefinition } from "./document";
import type { GraphqlError } from "./errors";
import type { Arguments, Field } from "./schema";

export type Variables = ReadonlyMap<string, unknown>;

const scalarTests: Readonly<Record<string, (value: unknown) => boolean>> = {
  ID: (value) => typeof value === "string" || Number.isInteger(value),
  String: (value) => typeof value === "string",
  Sort: (value) => typeof value === "string",
  Int: (value) => Number.isInteger(value),
  Float: (value) => typeof value === "number",
  Boolean: (value) => typeof value === "boolean",
};

/** Whether a value has a type in GraphQL's notation. A single value counts as a list of one. */
export function isOfType(value: unknown, type: string): boolean {
  if (value === null || value === undefined) return !type.endsWith("!");
  const bare = type.replace(/!$/, "");
  if (!bare.startsWith("[")) return scalarTests[bare]?.(value) ?? false;
  const inner = bare.slice(1, -1);
  return Array.isArray(value)
    ? value.every((item) => isOfType(item, inner))
    : isOfType(value, inner);
}

export function isInputType(type: string): boolean {
  return Object.hasOwn(scalarTests, type.replace(/[[\]!]/g, ""));
}

/** Whether a variable of a type fits an argument of another, apart from null. */
export function fits(variableType: string, argumentType: string): boolean {
  const bare = variableType.replace(/!$/, "");
  if (!argumentType.startsWith("[")) return bare === argumentType.replace(/!$/, "");
  return bare === argumentType || bare === argumentType.slice(1, -2);
}

/** A value with its variables filled in. Undefined if it was not given. */
export function resolveValue(value: Value, variables: Variables): unknown {
  switch (value.kind) {
    case "variable":
      return variables.get(value.name);
    case "constant":
      return value.value;
    case "list":
      return value.items.map((item) => resolveValue(item, variables));
    case "object":
      return Object.fromEntries(
        Object.entries(value.fields).map(([name, field]) => [name, resolveValue(field, variables)]),
      );
  }
}

/** A field's arguments, with defaults for those that were not given, and lists for single values. */
export function argumentsOf(
  selection: FieldSelection,
  field: Field<unknown>,
  variables: Variables,
): Arguments {
  const values: Record<string, unknown> = {};
  for (const [name, { type, fallback }] of Object.entries(field.arguments ?? {})) {
    const argument = selection.arguments.find((given) => given.name === name);
    const value = argument && resolveValue(argument.value, variables);
    const given = isOfType(value, type) ? (value ?? fallback) : fallback;
    const isSingle = type.startsWith("[") && given !== undefined && !Array.isArray(given);
    values[name] = isSingle ? [given] : given;
  }
  return values;
}

/** The values of declared variables, or the problems of the given ones. */
export function readVariables(
  definitions: readonly VariableDefinition[],
  given: Readonly<Record<string, unknown>>,
): { readonly variables: Variables; readonly errors: readonly GraphqlError[] } {
  const variables = new Map<string, unknown>();
  const errors: GraphqlError[] = [];
  for (const { name, type, fallback, location } of definitions) {
    const value = Object.hasOwn(given, name)
      ? given[name]
      : fallback && resolveValue(fallback, variables);
    if (value !== undefined) variables.set(name, value);
    if (isOfType(value, type)) continue;
    const explanation =
      value === undefined || value === null
        ? "Expected value to not be null"
        : `Could not coerce value ${JSON.stringify(value)} to ${type.replace(/[[\]!]/g, "")}`;
    errors.push({
      message: `Variable $${name} of type ${type} was provided invalid value`,
      locations: [location],
      extensions: { value: value ?? null, problems: [{ path: [], explanation }] },
    });
  }
  return { variables, errors };
}
