import type { Caller } from "../http/call";
import type { Instance } from "../instance";

/** The caller of a query. Without a token it is anonymous. */
export interface Context {
  readonly instance: Instance;
  readonly caller: Caller | undefined;
}

/** Argument values by name, with defaults filled in. */
export type Arguments = Readonly<Record<string, unknown>>;

export interface ArgumentDefinition {
  /** In GraphQL's notation. */
  readonly type: "ID" | "ID!" | "[ID!]" | "[String!]" | "String" | "Int" | "Boolean" | "Sort";
  readonly fallback?: unknown;
}

/** A field of an object. Without an object type it is a scalar. */
export interface Field<S> {
  /** The name of a scalar, or the type of an object. */
  readonly type: string | ObjectType;
  readonly isList?: boolean;
  readonly arguments?: Readonly<Record<string, ArgumentDefinition>>;
  /** The cost of the field with its selections. One more than theirs by default. */
  complexity?(selections: number, given: Arguments): number;
  resolve(source: S, given: Arguments, context: Context): unknown;
}

export interface ObjectType {
  readonly name: string;
  /** A function, because types refer to each other. */
  fields(): Readonly<Record<string, Field<unknown>>>;
}

export function objectType<S>(
  name: string,
  fields: () => Readonly<Record<string, Field<S>>>,
): ObjectType {
  let made: Readonly<Record<string, Field<S>>> | undefined;
  return { name, fields: () => (made ??= fields()) };
}

/** A scalar that is computed from its object. */
export function scalar<S>(type: string, resolve: Field<S>["resolve"]): Field<S> {
  return { type, resolve };
}
