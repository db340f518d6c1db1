import type { IConstruct } from "constructs";
import { problemText, type DeclarationProblem } from "../words";

/** A construct was declared with values that cannot work; the message holds everything that is wrong with it. */
export class InvalidDeclarationError extends Error {
  override readonly name = "InvalidDeclarationError";

  constructor(
    declaredAt: IConstruct,
    readonly problems: readonly DeclarationProblem[],
  ) {
    const { path } = declaredAt.node;
    super(problems.map((problem) => `[${path}] ${problemText(problem)}`).join("\n"));
  }
}

/** Throws when there is a problem. */
export function assertValid(declaredAt: IConstruct, problems: readonly DeclarationProblem[]): void {
  if (problems.length > 0) throw new InvalidDeclarationError(declaredAt, problems);
}
