import { didYouMean } from "../../../src/model";
import { isAsymmetric } from "./judge";
import type { Kind } from "./kind";

/**
 * The expectation without the properties that are undefined.
 * @throws Error if it expects nothing, or something that no declaration can have: with `not` it would always pass
 */
export function checkExpected<D, E extends object>(kind: Kind<D, E>, expected: unknown): E {
  const { matcher, properties } = kind;
  const known = Object.keys(properties);
  const given = Object.entries(isObject(expected) ? expected : {}).filter(
    ([, value]) => value !== undefined,
  );
  if (given.length === 0) {
    throw new Error(`${matcher}: the expectation is empty. Write one of: ${known.join(", ")}.`);
  }
  for (const [name, value] of given) {
    if (!known.includes(name)) {
      throw new Error(
        `${matcher}: there is no property "${name}".${didYouMean(name, known)} Write one of: ${known.join(", ")}.`,
      );
    }
    if (value === null || isAsymmetric(value)) continue;
    const problem = properties[name as keyof E].problem?.(value as NonNullable<E[keyof E]>);
    if (problem !== undefined) {
      throw new Error(`${matcher}: ${name}: ${problem.summary}. ${problem.detail}`);
    }
  }
  return Object.fromEntries(given) as E;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
