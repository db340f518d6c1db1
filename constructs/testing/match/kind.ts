import type { Problem } from "../../../src/model";
import type { Declarations } from "../declarations";

/** One property that a test may expect, of a declaration of type `D`. */
export interface Property<D, E> {
  /** The declared value, or undefined. */
  of(declared: D): unknown;
  /** Whether the two have the same meaning. Neither is missing, late or one of the test runner's matchers. */
  equals(expected: E, declared: unknown): boolean;
  /** The value in a sentence: `on platform/apps`. */
  say(expected: E): string;
  /** What is wrong with the expectation itself, so that it could never be met. */
  problem?(expected: E): Problem | undefined;
  /** The expected value in the form of a declaration. */
  spelled?(expected: E): string;
  /** Identifies the object: a difference here means another account, token or place. */
  readonly isIdentity?: boolean;
}

export type Properties<D, E> = { readonly [K in keyof E]-?: Property<D, NonNullable<E[K]>> };

/** A kind of declaration, and how it is compared and described. */
export interface Kind<D, E> {
  readonly matcher: string;
  readonly singular: string;
  readonly plural: string;
  list(declarations: Declarations): readonly D[];
  describe(declared: D): string;
  readonly properties: Properties<D, E>;
}
