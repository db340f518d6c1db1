import { isDeepStrictEqual } from "node:util";
import { Hidden, Unknown, UNKNOWN, type Value, type Values } from "../objects/values";

interface Change {
  readonly before?: unknown;
  readonly after?: unknown;
  readonly after_unknown?: unknown;
  readonly before_sensitive?: unknown;
  readonly after_sensitive?: unknown;
}

interface Sides<T> {
  readonly before: T;
  readonly after: T;
}

/**
 * The attributes before and after, with what is unknown put in, and without what is sensitive. What is sensitive on
 * one side is hidden on both: the other may hold the same value.
 */
export function maskedChange(change: Change): Sides<Values | null> {
  const after = withUnknown(change.after, change.after_unknown);
  const values = { before: change.before ?? null, after: after ?? null };
  const marks = { before: change.before_sensitive, after: change.after_sensitive };
  const masked = hide(values, marks);
  return { before: asValues(masked.before), after: asValues(masked.after) };
}

/** Attributes of a state, without what is sensitive. */
export function maskedState(values: unknown, sensitive: unknown): Values | null {
  return maskedChange({ before: values, before_sensitive: sensitive }).before;
}

/** The engine leaves unknown values out, and marks their places in a tree beside. */
function withUnknown(value: unknown, marks: unknown): unknown {
  if (marks === true) return UNKNOWN;
  if (!holdsMark(marks)) return value;
  const base = isContainer(value) ? value : Array.isArray(marks) ? [] : {};
  return rebuilt(base, keysOf(base, marks), (key) => withUnknown(at(base, key), at(marks, key)));
}

function hide(values: Sides<unknown>, marks: Sides<unknown>): Sides<unknown> {
  if (marks.before === true || marks.after === true) return hidden(values);
  if (!holdsMark(marks.before) && !holdsMark(marks.after)) return values;
  const entries = keysOf(values.before, values.after).map((key) => {
    const inner = { before: at(values.before, key), after: at(values.after, key) };
    return [
      key,
      hide(inner, { before: at(marks.before, key), after: at(marks.after, key) }),
    ] as const;
  });
  const sides = new Map(entries);
  return {
    before: rebuilt(values.before, keysOf(values.before), (key) => sides.get(key)?.before),
    after: rebuilt(values.after, keysOf(values.after), (key) => sides.get(key)?.after),
  };
}

function hidden({ before, after }: Sides<unknown>): Sides<unknown> {
  const one = new Hidden();
  const other = isDeepStrictEqual(before, after) ? one : new Hidden();
  return { before: isNothing(before) ? null : one, after: isNothing(after) ? null : other };
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined;
}

function holdsMark(marks: unknown): boolean {
  if (marks === true) return true;
  return isContainer(marks) && Object.values(marks).some(holdsMark);
}

function isContainer(value: unknown): value is object {
  return typeof value === "object" && value !== null && !(value instanceof Unknown);
}

function keysOf(...containers: unknown[]): string[] {
  return [...new Set(containers.filter(isContainer).flatMap((each) => Object.keys(each)))];
}

function at(container: unknown, key: string): unknown {
  return isContainer(container) && Object.hasOwn(container, key)
    ? (container as Record<string, unknown>)[key]
    : undefined;
}

/** The same kind of container with other content. */
function rebuilt(
  container: unknown,
  keys: readonly string[],
  content: (key: string) => unknown,
): unknown {
  if (!isContainer(container)) return container;
  if (Array.isArray(container)) return keys.map((key) => content(key) ?? null);
  return Object.fromEntries(keys.map((key) => [key, content(key)]));
}

function asValues(value: unknown): Values | null {
  return isContainer(value) ? (value as { readonly [name: string]: Value }) : null;
}
