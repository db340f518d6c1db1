import type { Document, Selection } from "./document";
import type { ObjectType } from "./schema";
import { argumentsOf, type Variables } from "./values";

/** The cost of valid selections. A field requested twice costs twice, and a field that is left out costs too. */
export function complexityOf(
  document: Document,
  selections: readonly Selection[],
  root: ObjectType,
  variables: Variables,
): number {
  const ofFragments = new Map<string, number>();

  function fragment(name: string, type: ObjectType): number {
    const key = `${name} on ${type.name}`;
    const known = ofFragments.get(key);
    if (known !== undefined) return known;
    const cost = sum(document.fragments.get(name) ?? [], type);
    ofFragments.set(key, cost);
    return cost;
  }

  function cost(selection: Selection, type: ObjectType): number {
    if (selection.kind === "inline") return sum(selection.selections, type);
    if (selection.kind === "spread") return fragment(selection.name, type);
    const field = type.fields()[selection.name];
    if (field === undefined) return 1;
    const inner = typeof field.type === "string" ? 0 : sum(selection.selections, field.type);
    const given = argumentsOf(selection, field, variables);
    return field.complexity?.(inner, given) ?? inner + 1;
  }

  function sum(parts: readonly Selection[], type: ObjectType): number {
    return parts.reduce((total, part) => total + cost(part, type), 0);
  }

  return sum(selections, root);
}
