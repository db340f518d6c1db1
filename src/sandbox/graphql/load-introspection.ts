import type { answerIntrospection } from "./introspection";

type Answer = typeof answerIntrospection;

let loaded: Answer | undefined;

/** Loads the library when it is first needed: the start has to be quick. */
export async function loadIntrospection(): Promise<void> {
  if (loaded !== undefined) return;
  ({ answerIntrospection: loaded } = await import("./introspection"));
}

/** Runs introspection queries. */
export function introspection(): Answer {
  if (loaded === undefined) throw new Error("A query is answered before its route is prepared.");
  return loaded;
}
