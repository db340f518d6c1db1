import type { PrivateState } from "./private-state";
import type { Attributes, StateOf } from "./schema";

export interface IdentityAttribute {
  readonly type: "string" | "number";
  readonly description: string;
  /** Without it an import by identity has to name this one; null where the object has none. */
  readonly optional?: boolean;
}

export type IdentityValues = { readonly [name: string]: string | number | null };

/**
 * What tells one object of a type from all others for as long as it lives, for engines that keep it beside the state and
 * import by it. It changes with a replacement only: what a rotation changes is no part of it.
 */
export interface Identity<Context, A extends Attributes = Attributes> {
  readonly attributes: { readonly [name: string]: IdentityAttribute };
  /** Null as long as it is not known. */
  of(state: StateOf<A>, privateState: PrivateState | null): IdentityValues | null;
  /** What `importState` takes. Throws where the values lead to no object, or to several. */
  importId(values: IdentityValues, context: Context): Promise<string>;
}
