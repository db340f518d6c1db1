import type { Operation, Selection } from "./document";

/** Fields of the root that describe the schema. */
export const schemaFields: ReadonlySet<string> = new Set(["__schema", "__type"]);

/** An operation's introspection, and the rest of it. */
export function splitBySubject({ selections }: Operation) {
  const isAboutSchema = (selection: Selection) =>
    selection.kind === "field" && schemaFields.has(selection.name);
  return {
    aboutSchema: selections.filter(isAboutSchema),
    others: selections.filter((selection) => !isAboutSchema(selection)),
  };
}
