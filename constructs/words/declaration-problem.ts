import { withCode, type Problem } from "../../src/model";

/** A rule that a declaration breaks, and the property that breaks it. */
export interface DeclarationProblem extends Problem {
  /** The property as it is written in the program: `deliverTo[0].key`. */
  readonly property: string;
}

/** The problem at its property, or nothing. */
export function at(property: string, problem: Problem | undefined): DeclarationProblem[] {
  return problem === undefined ? [] : [{ property, ...problem }];
}

/** Property, rule, actual value and remedy, in one line. */
export function problemText({ code, property, summary, detail }: DeclarationProblem): string {
  return withCode(`${property}: ${summary}. ${detail}`, code);
}
