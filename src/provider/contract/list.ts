import type { Diagnostic } from "./diagnostic";
import type { IdentityValues } from "./identity";
import type { Attributes, ConfigOf, Schema, StateOf } from "./schema";

/** One of the objects that a list finds. */
export interface Listed {
  readonly identity: IdentityValues;
  /** For a reader. */
  readonly displayName: string;
}

/** Finds the objects of a resource type that exist, whether or not any code declares them. */
export interface ListType<Context, A extends Attributes = Attributes> {
  readonly schema: Schema<A>;
  validate?(config: ConfigOf<A>): readonly Diagnostic[];
  /** In the order in which they are shown; diagnostics tell what could not be seen. */
  list(
    config: StateOf<A>,
    context: Context,
  ): Promise<{ readonly found: readonly Listed[]; readonly diagnostics: readonly Diagnostic[] }>;
}
