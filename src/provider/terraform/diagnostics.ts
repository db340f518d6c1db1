import {
  detailWithCode,
  DiagnosticError,
  error,
  type Attributes,
  type Diagnostic,
} from "../contract";
import { reportOf, type FailingProvider } from "../host/report";
import { toWirePath } from "./attribute-path";
import { log } from "./log";
import type { DiagnosticMessage } from "./protocol/messages";

/** What a call is about: what its diagnostics' paths lead into, and what to name when it goes wrong. */
export interface Subject {
  readonly provider: FailingProvider;
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
  const { explain, hideSecrets = String } = subject.provider;
  const explained = explain?.(failure);
  if (explained !== undefined) return [explained];
  const { message, stack = "" } = failure instanceof Error ? failure : new Error(String(failure));
  const shown = hideSecrets(message);
  log("error", "unexpected error", {
    type: subject.title,
    error: shown,
    stack: hideSecrets(stack),
  });
  return [bugDiagnostic(subject, `Unexpected error: ${shown}`, failure)];
}

/** Says that nobody but the provider is to blame. */
export function bugDiagnostic(
  { provider, title }: Subject,
  detail: string,
  failure?: unknown,
): Diagnostic {
  return error(
    `${title} failed unexpectedly`,
    `${detail}\n\nThis is a bug in ${provider.name}. Please report it, with what you did, this text ` +
      `(${reportOf(provider, failure)}), and the log that TF_LOG=debug writes.`,
  );
}
