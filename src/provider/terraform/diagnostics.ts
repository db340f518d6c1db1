import {
  detailWithCode,
  DiagnosticError,
  error,
  type Attributes,
  type Diagnostic,
} from "../contract";
import { toWirePath } from "./attribute-path";
import { log } from "./log";
import type { DiagnosticMessage } from "./protocol/messages";

/** What a call is about: what its diagnostics' paths lead into, and what to name when it goes wrong. */
export interface Subject {
  readonly provider: string;
  /** The type as users write it: `x_thing`, `data.x_thing`, `provider.x`. */
  readonly title: string;
  readonly attributes: Attributes;
}

const SEVERITY = { error: 1, warning: 2 } as const;

export function toWireDiagnostics(
  diagnostics: readonly Diagnostic[],
  { attributes }: Subject,
): DiagnosticMessage[] {
  return diagnostics.map((diagnostic) => ({
    severity: SEVERITY[diagnostic.severity],
    summary: diagnostic.summary,
    detail: detailWithCode(diagnostic),
    ...(diagnostic.path !== undefined && { attribute: toWirePath(diagnostic.path, attributes) }),
  }));
}

/** What the user is told of something thrown. */
export function failureDiagnostics(failure: unknown, subject: Subject): readonly Diagnostic[] {
  if (failure instanceof DiagnosticError) return failure.diagnostics;
  const { message, stack } = failure instanceof Error ? failure : new Error(String(failure));
  log("error", "unexpected error", { type: subject.title, error: message, stack });
  return [bugDiagnostic(subject, `Unexpected error: ${message}`)];
}

/** Says that nobody but the provider is to blame. */
export function bugDiagnostic({ provider, title }: Subject, detail: string): Diagnostic {
  return error(
    `${title} failed unexpectedly`,
    `${detail}\n\nThis is a bug in ${provider}. Please report it, with the log that TF_LOG=debug writes.`,
  );
}
