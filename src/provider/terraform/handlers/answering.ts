import { failureDiagnostics, toWireDiagnostics, type Subject } from "../diagnostics";
import type { Answer } from "../protocol/messages";

/** Runs the work of one call. Whatever it throws becomes diagnostics, beside `otherwise`. */
export async function answering<A extends Answer>(
  subject: Subject,
  work: () => A | Promise<A>,
  otherwise?: A,
): Promise<A | Answer> {
  try {
    return await work();
  } catch (failure) {
    const diagnostics = failureDiagnostics(failure, subject);
    return { ...otherwise, diagnostics: toWireDiagnostics(diagnostics, subject) };
  }
}
