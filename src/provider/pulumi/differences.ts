import { sameValue, type AttributePath } from "../contract";

export interface Difference {
  readonly path: AttributePath;
  readonly from: unknown;
  readonly to: unknown;
}

/** Where two values differ, as deep inside as they still have the same shape. */
export function differences(path: AttributePath, from: unknown, to: unknown): Difference[] {
  if (sameValue(from, to)) return [];
  if (Array.isArray(from) && Array.isArray(to) && from.length === to.length) {
    return from.flatMap((item, index) => differences([...path, index], item, to[index]));
  }
  if (isObject(from) && isObject(to)) {
    const names = [...new Set([...Object.keys(from), ...Object.keys(to)])];
    return names.flatMap((name) => differences([...path, name], from[name], to[name]));
  }
  return [{ path, from, to }];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
