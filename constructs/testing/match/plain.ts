import type { Property } from "./kind";

/** A property whose values are compared directly. */
export function plain<D, E>(name: keyof D, say: (expected: E) => string): Property<D, E> {
  return { of: (declared) => declared[name], say, equals: (expected, value) => expected === value };
}
