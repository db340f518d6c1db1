import type { Input } from "@pulumi/pulumi";
import type { AccountOwner, Delivery, Duration, Role, Rotation, Scope } from "../words";

type Word = AccountOwner | Delivery | Duration | Role | Rotation | Scope;

/** The same properties, where each value may also come later, as an `Output` or a `Promise`. */
export type Inputs<T> = {
  readonly [K in keyof T]: Late<NonNullable<T[K]>> | Extract<T[K], undefined>;
};

/** The same value, or one that comes later. Words stand in the program; what they hold may be late. */
export type Late<T> = [T] extends [Word | readonly Word[]]
  ? T
  : [T] extends [readonly (infer E)[]]
    ? readonly Late<E>[] | Input<readonly Exclude<E, Word>[]>
    : [T] extends [string | number | boolean]
      ? Input<T>
      : [T] extends [Word | string]
        ? Extract<T, Word> | Input<Exclude<T, Word>>
        : Inputs<T>;

/** The static methods of a word, which take late values, too. */
export type LateWords<S> = {
  readonly [K in keyof S]: S[K] extends (...values: infer V) => infer W
    ? (...values: { [I in keyof V]: Late<NonNullable<V[I]>> }) => W
    : S[K];
};

/** Properties as the rules see them, which look at no value before they know that it is not late. */
export function asWritten<T>(inputs: Inputs<T>): T {
  return inputs as unknown as T;
}
