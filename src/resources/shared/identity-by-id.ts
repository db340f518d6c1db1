import type { Attributes, Identity, StateOf } from "../../provider/contract";
import type { Context } from "./context";

interface WithId extends Attributes {
  readonly id: Attributes[string];
}

/** For a type whose `id` never changes, and is the import id. */
export function identityById<A extends WithId>(description: string): Identity<Context, A> {
  return {
    attributes: { id: { type: "string", description } },
    of: (state: StateOf<A>) => {
      const { id } = state as { readonly id?: unknown };
      return typeof id === "string" ? { id } : null;
    },
    importId: ({ id }) => Promise.resolve(String(id ?? "")),
  };
}
