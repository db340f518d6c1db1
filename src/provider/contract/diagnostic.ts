/** The place of a problem in a resource's attributes: names and list positions, outermost first. */
export type AttributePath = readonly (string | number)[];

/** A stable name in kebab-case. A summary, which begins with a capital, is not one. */
export type Code = Lowercase<string>;

/** A message to the user. The host makes its engine's own form of it. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  /** A few words: what happened, on which object. */
  readonly summary: string;
  /** The reason, and what to do now. */
  readonly detail: string;
  readonly path?: AttributePath;
  /**
   * A stable name in kebab-case, such as `forbidden-scope`, that stays the same when the text changes. Each is listed
   * in docs/troubleshooting.md.
   */
  readonly code: Code;
}

export function error(
  code: Code,
  summary: string,
  detail: string,
  path?: AttributePath,
): Diagnostic {
  return { severity: "error", code, summary, detail, ...(path && { path }) };
}

export function warning(
  code: Code,
  summary: string,
  detail: string,
  path?: AttributePath,
): Diagnostic {
  return { severity: "warning", code, summary, detail, ...(path && { path }) };
}

/** The detail with its code at the end, in brackets. */
export function detailWithCode({ detail, code }: Diagnostic): string {
  return `${detail} [${code}]`;
}

/** Thrown by a resource when a step failed and left nothing behind that the state must contain. */
export class DiagnosticError extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(...diagnostics: Diagnostic[]) {
    super(diagnostics.map((entry) => `${entry.summary}: ${entry.detail}`).join("\n"));
    this.name = "DiagnosticError";
    this.diagnostics = diagnostics;
  }
}
