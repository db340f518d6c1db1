/**
 * A stable name in kebab-case of what users are told, such as `expiry-passed`: it stays the same while texts change. Each
 * is listed in docs/troubleshooting.md.
 */
export type Code = Lowercase<string>;

/** A text as every front shows it: the code stands at its end, in brackets. */
export function withCode(text: string, code: Code): string {
  return `${text} [${code}]`;
}

/** What a command or a file cannot go on with; the message ends in the code. */
export class CodedError extends Error {
  constructor(
    readonly code: Code,
    message: string,
  ) {
    super(withCode(message, code));
    this.name = new.target.name;
  }
}
