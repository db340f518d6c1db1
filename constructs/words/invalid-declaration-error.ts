import { problemText, type DeclarationProblem } from "./declaration-problem";

/** Something was declared with values that cannot work; the message holds everything that is wrong with it. */
export class InvalidDeclarationError extends Error {
  /** `InvalidDeclarationError`, whichever of the fronts threw it. */
  override readonly name = "InvalidDeclarationError";

  constructor(
    /** Where it was declared, as a reader of the program knows it. */
    readonly path: string,
    /** Each rule that is broken, with the property it stands at. */
    readonly problems: readonly DeclarationProblem[],
  ) {
    super(problems.map((problem) => `[${path}] ${problemText(problem)}`).join("\n"));
  }
}

/** Throws when there is a problem. */
export function assertValid(path: string, problems: readonly DeclarationProblem[]): void {
  if (problems.length > 0) throw new InvalidDeclarationError(path, problems);
}
