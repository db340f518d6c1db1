import { camelCase } from "../../../src/official";
import type { Properties } from "./resource";

/** A string or number as a string. Undefined if it is missing. */
export function textOf(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : String(value);
}

/** A flag, which Terraform or Pulumi may write as a string. Undefined if it is missing; a reference unchanged. */
export function flagOf(value: unknown): boolean | undefined {
  return value === undefined || value === null
    ? undefined
    : ({ true: true, false: false }[String(value)] ?? (value as boolean));
}

export function listOf(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** An object, or the only one of a list, which is how Terraform writes a block. */
export function objectOf(value: unknown): Properties | undefined {
  const [first] = listOf(value);
  return typeof first === "object" && first !== null ? (first as Properties) : undefined;
}

/** Property names in camelCase, at every depth. */
export function camelCased(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelCased);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [camelCase(name), camelCased(inner)]),
  );
}
