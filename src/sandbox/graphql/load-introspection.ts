import type * as Introspection from "./introspection";

let loaded: typeof Introspection | undefined;

/** Loads what needs the library: not at the start, which has to be quick. */
export async function loadIntrospection(): Promise<void> {
  loaded ??= await import("./introspection");
}

export function introspection(): typeof Introspection {
  if (loaded === undefined) throw new Error("A query is answered before its route is prepared.");
  return loaded;
}
