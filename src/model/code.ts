/**
 * A stable name in kebab-case for a message, such as `expiry-passed`. It stays the same when the text changes. Each is
 * listed in docs/troubleshooting.md.
 */
export type Code = Lowercase<string>;

/** A text with its code at the end, in brackets. */
export function withCode(text: string, code: Code): string {
  return `${text} [${code}]`;
}

/** A command or file that cannot continue. The message ends in the code. */
export class CodedError extends Error {
  constructor(
    readonly code: Code,
    message: string,
  ) {
    super(withCode(message, code));
    this.name = new.target.name;
  }
}
