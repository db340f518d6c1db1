/** A position in the text of a query, counted from 1. */
export interface Location {
  readonly line: number;
  readonly column: number;
}

export type Value =
  | { readonly kind: "variable"; readonly name: string; readonly location: Location }
  | { readonly kind: "constant"; readonly value: string | number | boolean | null }
  | { readonly kind: "list"; readonly items: readonly Value[] }
  | { readonly kind: "object"; readonly fields: Readonly<Record<string, Value>> };

export interface Argument {
  readonly name: string;
  readonly value: Value;
  readonly location: Location;
}

export interface Directive {
  readonly name: string;
  readonly arguments: readonly Argument[];
}

export interface FieldSelection {
  readonly kind: "field";
  readonly name: string;
  /** The key in the response: the alias, or else the name. */
  readonly key: string;
  readonly arguments: readonly Argument[];
  readonly directives: readonly Directive[];
  readonly selections: readonly Selection[];
  readonly location: Location;
}

export interface FragmentSpread {
  readonly kind: "spread";
  readonly name: string;
  readonly directives: readonly Directive[];
  readonly location: Location;
}

export interface InlineFragment {
  readonly kind: "inline";
  readonly directives: readonly Directive[];
  readonly selections: readonly Selection[];
}

export type Selection = FieldSelection | FragmentSpread | InlineFragment;

export interface VariableDefinition {
  readonly name: string;
  /** As written, such as `[ID!]!`. */
  readonly type: string;
  readonly fallback?: Value;
  readonly location: Location;
}

export interface Operation {
  readonly kind: "query" | "mutation" | "subscription";
  readonly name?: string;
  readonly variables: readonly VariableDefinition[];
  readonly selections: readonly Selection[];
}

/** A parsed query text. */
export interface Document {
  readonly operations: readonly Operation[];
  readonly fragments: ReadonlyMap<string, readonly Selection[]>;
}
