import type { answerIntrospection } from "./introspection";

type Answer = typeof answerIntrospection;

let loaded: Answer | undefined;

/** Loads what needs the library: not at the start, which has to be quick. */
export async function loadIntrospection(): Promise<void> {
  if (loaded !== undefined) return;
  ({ answerIntrospection: loaded } = await import("./introspection"));
}

/** What answers questions about the schema. */
export function introspection(): Answer {
  if (loaded === undefined) throw new Error("A query is answered before its route is prepared.");
  return loaded;
}
