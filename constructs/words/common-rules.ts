import {
  containerSpellingProblem,
  didYouMean,
  shownNameProblem,
  type Problem,
} from "../../src/model";
import { at, type DeclarationProblem } from "./declaration-problem";
import type { IsLate } from "./late";

const LONGEST_NAME = 255;

/** Exactly one of some properties must be set. */
export function exactlyOne(
  values: Readonly<Record<string, unknown>>,
  wayOut: string,
): DeclarationProblem[] {
  const names = Object.keys(values);
  const set = names.filter((name) => values[name] !== undefined && values[name] !== false);
  if (set.length === 1) return [];
  const choice = `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
  const seen = set.length === 0 ? "none is set" : `${set.join(" and ")} are set`;
  return at(choice, {
    code: set.length === 0 ? "missing-choice" : "exclusive-choices",
    summary: set.length === 0 ? "A required property is missing" : "Mutually exclusive properties",
    detail: `Exactly one of ${choice} must be set; ${seen}. ${wayOut}`,
  });
}

/** A group or project, by path or number. */
export function containerProblems(
  property: string,
  container: unknown,
  isLate: IsLate,
): DeclarationProblem[] {
  if (container === undefined || isLate(container)) return [];
  const problem = containerSpellingProblem(
    typeof container === "number" ? container : String(container),
  );
  return problem === undefined ? [] : at(property, problem);
}

/** A name that GitLab shows. */
export function nameProblems(
  property: string,
  name: string | undefined,
  isLate: IsLate,
): DeclarationProblem[] {
  if (name === undefined || isLate(name)) return [];
  const problem = shownNameProblem(property, name);
  if (problem !== undefined) return at(property, problem);
  return lengthProblems(property, name, LONGEST_NAME, isLate);
}

export function lengthProblems(
  property: string,
  text: string | undefined,
  longest: number,
  isLate: IsLate,
): DeclarationProblem[] {
  if (text === undefined || isLate(text) || text.length <= longest) return [];
  return at(property, {
    code: "text-too-long",
    summary: "Too long",
    detail: `The longest allowed value has ${longest} characters; got ${text.length}. Shorten it.`,
  });
}

/** One of a closed set, for programs that were not type-checked. */
export function choiceProblems(
  property: string,
  value: string | undefined,
  choices: readonly string[],
  isLate: IsLate,
): DeclarationProblem[] {
  if (value === undefined || isLate(value) || choices.includes(value)) return [];
  return at(property, {
    code: "unknown-choice",
    summary: `Unknown choice "${value}"`,
    detail: `It must be one of ${choices.join(", ")}; got "${value}".${didYouMean(value, choices)}`,
  });
}

/** A rule of the model, unless the value is missing or late. */
export function ruleProblems<T>(
  property: string,
  value: T | undefined,
  rule: (value: T) => Problem | undefined,
  isLate: IsLate,
): DeclarationProblem[] {
  return value === undefined || isLate(value) ? [] : at(property, rule(value));
}
