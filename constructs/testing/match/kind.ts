import type { Problem } from "../../../src/model";
import type { Declarations } from "../declarations";

/** One property that a test may expect, of what is declared as `D`. */
export interface Property<D, E> {
  /** The declared value; undefined where there is none. */
  of(declared: D): unknown;
  /** Whether the two mean the same; neither is missing, late or the test runner's own. */
  equals(expected: E, declared: unknown): boolean;
  /** The value in the sentence that tells of it: `on platform/apps`. */
  say(expected: E): string;
  /** What is wrong with the expectation itself, so that it could never be met. */
  problem?(expected: E): Problem | undefined;
  /** The expected value as a declaration spells it. */
  spelled?(expected: E): string;
  /** Tells which one is meant: a difference here means another account, token or place. */
  readonly isIdentity?: boolean;
}

export type Properties<D, E> = { readonly [K in keyof E]-?: Property<D, NonNullable<E[K]>> };

/** A kind of declaration, and how it is compared and told. */
export interface Kind<D, E> {
  readonly matcher: string;
  readonly singular: string;
  readonly plural: string;
  list(declarations: Declarations): readonly D[];
  describe(declared: D): string;
  readonly properties: Properties<D, E>;
}
