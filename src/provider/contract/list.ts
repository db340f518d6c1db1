import type { Diagnostic } from "./diagnostic";
import type { IdentityValues } from "./identity";
import type { Attributes, ConfigOf, Schema, StateOf } from "./schema";

/** One object in the result of a list. */
export interface Listed {
  readonly identity: IdentityValues;
  /** For messages. */
  readonly displayName: string;
}

/** Finds the existing objects of a resource type, whether or not any code declares them. */
export interface ListType<Context, A extends Attributes = Attributes> {
  readonly schema: Schema<A>;
  validate?(config: ConfigOf<A>): readonly Diagnostic[];
  /** In the order in which they are shown. Diagnostics report what is not visible. */
  list(
    config: StateOf<A>,
    context: Context,
  ): Promise<{ readonly found: readonly Listed[]; readonly diagnostics: readonly Diagnostic[] }>;
}
