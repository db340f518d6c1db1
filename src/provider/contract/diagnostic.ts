/** Where in a resource's attributes something is wrong: names and list positions, outermost first. */
export type AttributePath = readonly (string | number)[];

/** A stable name in kebab-case. A summary, which begins with a capital, is none. */
export type Code = Lowercase<string>;

/** What a user is told. The host makes its engine's own form of it. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  /** A few words: what happened, on which object. */
  readonly summary: string;
  /** Why, and what to do now. */
  readonly detail: string;
  readonly path?: AttributePath;
  /**
   * A stable name in kebab-case, such as `forbidden-scope`, that stays the same while texts change.
   * Each is listed in docs/troubleshooting.md.
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

/** The detail as hosts show it: the code stands at its end, in brackets. */
export function detailWithCode({ detail, code }: Diagnostic): string {
  return `${detail} [${code}]`;
}

/** Thrown by a resource when a step failed and left nothing behind that the state must know of. */
export class DiagnosticError extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(...diagnostics: Diagnostic[]) {
    super(diagnostics.map((entry) => `${entry.summary}: ${entry.detail}`).join("\n"));
    this.name = "DiagnosticError";
    this.diagnostics = diagnostics;
  }
}
