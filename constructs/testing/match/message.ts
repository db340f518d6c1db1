import { nearest } from "../../../src/model";
import { spell } from "../late";
import { isAsymmetric, type Judgement } from "./judge";
import type { Kind } from "./kind";
import { nearestFirst } from "./nearest";

const SHOWN = 5;

/** Why an expectation is not met: the differences to the nearest declaration, and what else is declared. */
export function missingText<D, E extends object>(
  kind: Kind<D, E>,
  expected: E,
  judgements: readonly Judgement<D>[],
): string {
  const sorted = nearestFirst(kind, expected, judgements);
  const [first] = sorted;
  if (first === undefined) return `No ${kind.plural} are declared.`;
  return `${headline(kind, expected, first, sorted)}\n\n${listing(kind, sorted)}`;
}

/** Why an expectation with `not` is not met. */
export function presentText<D, E extends object>(
  kind: Kind<D, E>,
  judgements: readonly Judgement<D>[],
): string {
  return judgements
    .filter(({ verdict }) => verdict !== "no")
    .map(({ declared, unknown }) => {
      const text = kind.describe(declared);
      return unknown.length === 0
        ? `${text}, which should not be.`
        : `${text}, which may match what should not be: ${lateText(kind, declared, unknown)}.`;
    })
    .join("\n");
}

function headline<D, E extends object>(
  kind: Kind<D, E>,
  expected: E,
  first: Judgement<D>,
  all: readonly Judgement<D>[],
): string {
  const wrong = first.wrong as (keyof E)[];
  const identity = wrong.filter((name) => kind.properties[name].isIdentity === true);
  if (identity.length > 0) return unknownIdentity(kind, expected, identity, all);
  const differences = wrong.map((name) => sayExpected(kind, expected, name));
  const not = differences.length === 0 ? "" : `, not ${differences.join(" and ")}`;
  const late =
    first.unknown.length === 0 ? "" : `; ${lateText(kind, first.declared, first.unknown)}`;
  return `${kind.describe(first.declared)}${not}${late}.`;
}

/** No declaration has the expected account, place or name. */
function unknownIdentity<D, E extends object>(
  kind: Kind<D, E>,
  expected: E,
  wrong: readonly (keyof E)[],
  all: readonly Judgement<D>[],
): string {
  const wanted = Object.keys(expected) as (keyof E)[];
  const identity = wanted.filter((name) => kind.properties[name].isIdentity === true);
  const says = identity.map((name) => `${String(name)} ${valueText(expected[name])}`);
  const hints = wrong.flatMap((name) => {
    const values = all.map(({ declared }) => spell(kind.properties[name].of(declared)));
    const meant = isAsymmetric(expected[name]) ? undefined : meantBy(spell(expected[name]), values);
    return meant === undefined ? [] : [` Did you mean "${meant}"?`];
  });
  return `No ${kind.singular} with ${says.join(" and ")} is declared.${hints.join("")}`;
}

/** A similar value that is not equal: that declaration uses another one. */
function meantBy(word: string, candidates: readonly string[]): string | undefined {
  return candidates.includes(word) || candidates.length === 0
    ? undefined
    : nearest(word, candidates);
}

function listing<D, E extends object>(kind: Kind<D, E>, sorted: readonly Judgement<D>[]): string {
  const lines = sorted.slice(0, SHOWN).map(({ declared }) => `  ${kind.describe(declared)}`);
  const more = sorted.length - lines.length;
  const rest = more === 0 ? [] : [`  and ${more} more`];
  return [`Declared ${kind.plural}, nearest first:`, ...lines, ...rest].join("\n");
}

function sayExpected<D, E extends object>(kind: Kind<D, E>, expected: E, name: keyof E): string {
  const wanted = expected[name];
  if (wanted === null) return `without ${String(name)}`;
  if (isAsymmetric(wanted)) return `${String(name)} ${valueText(wanted)}`;
  return kind.properties[name].say(wanted as NonNullable<E[keyof E]>);
}

function lateText<D, E extends object>(
  { properties }: Kind<D, E>,
  declared: D,
  names: readonly string[],
): string {
  return names
    .map((name) => {
      const value = properties[name as keyof E].of(declared);
      const text = typeof value === "object" ? JSON.stringify(value) : String(value);
      return `${name} is known only in the apply (${spell(text)})`;
    })
    .join(", ");
}

/** An expected value, in one line. */
export function valueText(value: unknown): string {
  if (isAsymmetric(value)) return asymmetricText(value);
  return typeof value === "string" ? `"${value}"` : spell(value);
}

/** The test runners' own matchers describe themselves in a string; Jest includes the expected value. */
function asymmetricText(value: object): string {
  const { sample } = value as { readonly sample?: unknown };
  const name = String(value);
  return sample === undefined
    ? name
    : `${name} ${sample instanceof RegExp ? sample : JSON.stringify(sample)}`;
}
