import type { Property } from "./kind";

/** A property whose values are compared as they are. */
export function plain<D, E>(
  of: (declared: D) => unknown,
  say: (expected: E) => string,
): Property<D, E> {
  return { of, say, equals: (expected, declared) => expected === declared };
}
