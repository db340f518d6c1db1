import type { Location } from "./document";

/** One entry of a response's `errors`. */
export interface GraphqlError {
  readonly message: string;
  readonly locations?: readonly Location[];
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** Ends the parsing of a query text. */
export class SyntaxProblem extends Error {
  constructor(
    message: string,
    readonly locations: readonly Location[],
  ) {
    super(message);
  }
}

/** Makes one field null, with a reason. */
export class FieldProblem extends Error {}
