import type { TypedRequest } from "../protocol/messages";

export function mapEntries<From, To>(
  table: { readonly [name: string]: From },
  make: (name: string, entry: From) => To,
): ReadonlyMap<string, To> {
  return new Map(Object.entries(table).map(([name, entry]) => [name, make(name, entry)]));
}

/** Core knows the schema, so it asks for no type that is not in it. */
export function lookup<T>(table: ReadonlyMap<string, T>, { typeName }: TypedRequest): T {
  const found = table.get(typeName);
  if (found === undefined) throw new Error(`There is no type "${typeName}".`);
  return found;
}
