/** Where in a resource's attributes something is wrong: names and list positions, outermost first. */
export type AttributePath = readonly (string | number)[];

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
  readonly code?: string;
}

export function error(summary: string, detail: string, path?: AttributePath): Diagnostic {
  return { severity: "error", summary, detail, ...(path && { path }) };
}

export function warning(summary: string, detail: string, path?: AttributePath): Diagnostic {
  return { severity: "warning", summary, detail, ...(path && { path }) };
}

/** Gives a diagnostic its code. */
export function coded(code: string, diagnostic: Diagnostic): Diagnostic {
  return { ...diagnostic, code };
}

/** The detail as hosts show it: the code stands at its end, in brackets. */
export function detailWithCode({ detail, code }: Diagnostic): string {
  return code === undefined ? detail : `${detail} [${code}]`;
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
