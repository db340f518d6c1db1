type Answer = (typeof import("./introspection"))["answerIntrospection"];

let loaded: Answer | undefined;

/** Loads what needs the library: not at the start, which has to be quick. */
export async function loadIntrospection(): Promise<void> {
  if (loaded !== undefined) return;
  const { answerIntrospection } = await import("./introspection");
  loaded = answerIntrospection;
}

/** What answers questions about the schema. */
export function introspection(): Answer {
  if (loaded === undefined) throw new Error("A query is answered before its route is prepared.");
  return loaded;
}
