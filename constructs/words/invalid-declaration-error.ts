import { problemText, type DeclarationProblem } from "./declaration-problem";

/** Thrown for a declaration with values that cannot work. The message contains every problem of the declaration. */
export class InvalidDeclarationError extends Error {
  /** Recognises an `InvalidDeclarationError`, whichever library threw it. */
  override readonly name = "InvalidDeclarationError";
  /**
   * Pulumi's mark of errors that explain themselves (`RunError`): its engine then shows the message without a stack,
   * which would be that of its SDK.
   * @internal
   */
  readonly __pulumiRunError = true;

  constructor(
    /** The place of the declaration, as a reader of the program knows it. */
    readonly path: string,
    /** Each broken rule, with the property that breaks it. */
    readonly problems: readonly DeclarationProblem[],
  ) {
    super(problems.map((problem) => `[${path}] ${problemText(problem)}`).join("\n"));
  }
}

/** Throws if there is a problem. */
export function assertValid(path: string, problems: readonly DeclarationProblem[]): void {
  if (problems.length > 0) throw new InvalidDeclarationError(path, problems);
}
