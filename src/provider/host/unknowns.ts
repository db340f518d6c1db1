import { isUnknown, type AttributePath } from "../contract";

/** Where a value is still unknown; empty for one that may go into the state. */
export function unknownPaths(value: unknown, path: AttributePath = []): AttributePath[] {
  if (isUnknown(value)) return [path];
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item, at) => unknownPaths(item, [...path, at]));
  return Object.entries(value).flatMap(([name, item]) => unknownPaths(item, [...path, name]));
}

/** The same value with null for what is unknown. */
export function unknownAsNull(value: unknown): unknown {
  if (isUnknown(value)) return null;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(unknownAsNull);
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, unknownAsNull(item)]),
  );
}
