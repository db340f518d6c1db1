import { withCode, type Problem } from "../../src/model";

/** A rule that a declaration breaks, and the property it stands at. */
export interface DeclarationProblem extends Problem {
  /** As it is written in the program: `deliverTo[0].key`. */
  readonly property: string;
}

/** The problem at its property, or nothing. */
export function at(property: string, problem: Problem | undefined): DeclarationProblem[] {
  return problem === undefined ? [] : [{ property, ...problem }];
}

/** Property, rule, value seen and way out, in one line. */
export function problemText({ code, property, summary, detail }: DeclarationProblem): string {
  return withCode(`${property}: ${summary}. ${detail}`, code);
}
