import { isDeepStrictEqual } from "node:util";
import { snakeCase } from "../../official";
import type { Action } from "../objects/planned-resource";
import type { Properties, StateObject } from "./document";
import { recorded, type Sides, type Steps } from "./sides";

/** What a refresh finds changed, and what no other step is about: only the state learns of it. */
export function driftOf(steps: Steps): (Sides & { readonly action: Action }) | undefined {
  const { all, old, new: next } = steps;
  if (old === undefined || all.some(({ op }) => op !== "refresh")) return undefined;
  const before = recorded(old);
  if (next === undefined) return { action: "delete", before, after: null, differing: [] };
  // Compared as they are written: of two secrets nothing is left to compare.
  const [had, has] = [written(old), written(next)];
  const same = Object.keys(had).filter((name) => isDeepStrictEqual(had[name], has[name]));
  if (same.length === new Set(Object.keys({ ...had, ...has })).size) return undefined;
  const kept = same.map(snakeCase).map((name) => [name, before[name] ?? null] as const);
  const after = { ...recorded(next), ...Object.fromEntries(kept) };
  return { action: "update", before, after, differing: [] };
}

function written({ inputs, outputs }: StateObject): Properties {
  return { ...inputs, ...outputs };
}
