import { isLate, spell } from "../late";
import type { Kind, Property } from "./kind";

/** Whether a declaration matches the expectation. `unknown` if only the apply can tell. */
export type Verdict = "yes" | "no" | "unknown";

/** How one declaration compares. */
export interface Judgement<D> {
  readonly declared: D;
  readonly verdict: Verdict;
  /** The expected properties that it does not have, and those that cannot be known. */
  readonly wrong: readonly string[];
  readonly unknown: readonly string[];
}

/** A matcher of the test runner, such as `expect.stringContaining("x")`. */
interface AsymmetricMatcher {
  asymmetricMatch(value: unknown): boolean;
}

export function judge<D, E extends object>(
  { properties }: Kind<D, E>,
  expected: E,
  declared: D,
): Judgement<D> {
  const verdicts = Object.entries(expected).map(
    ([name, wanted]) => [name, compare(properties[name as keyof E], wanted, declared)] as const,
  );
  const named = (wanted: Verdict) =>
    verdicts.filter(([, verdict]) => verdict === wanted).map(([name]) => name);
  const wrong = named("no");
  const unknown = named("unknown");
  const verdict = wrong.length > 0 ? "no" : unknown.length > 0 ? "unknown" : "yes";
  return { declared, verdict, wrong, unknown };
}

function compare<D, E>(property: Property<D, E>, wanted: unknown, declared: D): Verdict {
  const value = property.of(declared);
  if (isAsymmetric(wanted)) return answer(wanted.asymmetricMatch(value));
  if (wanted === null) return answer(value === undefined);
  const expected = wanted as E;
  const text = JSON.stringify(value) ?? "";
  if (isLate(text)) return lateVerdict(property, expected, value);
  return answer(value !== undefined && property.equals(expected, value));
}

/** A reference equals itself; its value is not known. */
function lateVerdict<D, E>(property: Property<D, E>, expected: E, value: unknown): Verdict {
  const spelled = property.spelled?.(expected) ?? String(expected);
  if (property.equals(expected, value) || spell(spelled) === spell(value)) return "yes";
  return isLate(spelled) ? "no" : "unknown";
}

export function isAsymmetric(value: unknown): value is AsymmetricMatcher {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as Partial<AsymmetricMatcher>).asymmetricMatch === "function"
  );
}

function answer(isSo: boolean): Verdict {
  return isSo ? "yes" : "no";
}
