import type { PrivateState } from "./private-state";
import type { Attributes, StateOf } from "./schema";

export interface IdentityAttribute {
  readonly type: "string" | "number";
  readonly description: string;
  /** Without it, an import by identity must name it. Null if the object has none. */
  readonly optional?: boolean;
}

export type IdentityValues = { readonly [name: string]: string | number | null };

/**
 * What identifies an object of a type during its whole life, for engines that keep it beside the state and import by
 * it. It changes only with a replacement: attributes that a rotation changes are not part of it.
 */
export interface Identity<Context, A extends Attributes = Attributes> {
  readonly attributes: { readonly [name: string]: IdentityAttribute };
  /** Null while it is not known. */
  of(state: StateOf<A>, privateState: PrivateState | null): IdentityValues | null;
  /** The input of `importState`. Throws if the values identify no object, or several. */
  importId(values: IdentityValues, context: Context): Promise<string>;
}
