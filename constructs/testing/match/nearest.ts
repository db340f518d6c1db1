import { distance } from "fastest-levenshtein";
import { spell } from "../late";
import { isAsymmetric, type Judgement } from "./judge";
import type { Kind } from "./kind";

/** A difference in an identifying property counts more than all others together. */
const IDENTITY_WEIGHT = 100;

/** The most similar declarations first. Equally similar ones keep the order of the program. */
export function nearestFirst<D, E extends object>(
  kind: Kind<D, E>,
  expected: E,
  judgements: readonly Judgement<D>[],
): Judgement<D>[] {
  return judgements
    .map((judgement) => ({ judgement, distance: distanceOf(kind, expected, judgement) }))
    .sort((one, other) => one.distance - other.distance)
    .map(({ judgement }) => judgement);
}

function distanceOf<D, E extends object>(
  kind: Kind<D, E>,
  expected: E,
  { declared, wrong, unknown }: Judgement<D>,
): number {
  const names = [...wrong, ...unknown] as (keyof E)[];
  return names
    .map((name) => {
      const property = kind.properties[name];
      if (property.isIdentity !== true) return 1;
      const wanted = expected[name];
      return isAsymmetric(wanted)
        ? IDENTITY_WEIGHT
        : IDENTITY_WEIGHT * (1 + unlikeness(spell(wanted), spell(property.of(declared))));
    })
    .reduce((one, other) => one + other, 0);
}

/** 0 for equal strings, 1 for strings that have nothing in common. */
function unlikeness(one: string, other: string): number {
  return distance(one, other) / Math.max(one.length, other.length, 1);
}
