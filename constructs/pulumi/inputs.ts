import type { Input } from "@pulumi/pulumi";
import type { AccountOwner, Delivery, Duration, Role, Rotation, Scope } from "../words";

type Word = AccountOwner | Delivery | Duration | Role | Rotation | Scope;

/** The same properties, but each value may also come later, as an `Output` or a `Promise`. */
export type Inputs<T> = {
  readonly [K in keyof T]: Late<NonNullable<T[K]>> | Extract<T[K], undefined>;
};

/**
 * The same value, or one that comes later. Objects such as `Role` are written in the program; the values in them may
 * come later.
 */
export type Late<T> = [T] extends [Word | readonly Word[]]
  ? T
  : [T] extends [readonly (infer E)[]]
    ? readonly Late<E>[] | Input<readonly Exclude<E, Word>[]>
    : [T] extends [string | number | boolean]
      ? Input<T>
      : [T] extends [Word | string]
        ? Extract<T, Word> | Input<Exclude<T, Word>>
        : Inputs<T>;

/** The static methods of a class such as `Role`, which also take late values. */
export type LateWords<S> = {
  readonly [K in keyof S]: S[K] extends (...values: infer V) => infer W
    ? (...values: { [I in keyof V]: Late<NonNullable<V[I]>> }) => W
    : S[K];
};

/** Properties as the rules read them. The rules check that a value is not late before they read it. */
export function asWritten<T>(inputs: Inputs<T>): T {
  return inputs as unknown as T;
}
