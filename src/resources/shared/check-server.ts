import { isGitLabError } from "../../gitlab";
import { coded, DiagnosticError, error } from "../../provider/contract";
import type { Context } from "./context";
import { detailOf } from "./failures";

/** Asks the server once, so that what every object would meet is told once. */
export async function checkServer(context: Context): Promise<void> {
  if (!context.ready) return;
  try {
    // Remembered: what needs the run's own token asks no more.
    await context.gitlab.ownTokenId();
  } catch (cause) {
    // A token of few rights may not ask this and yet do what the run needs.
    if (isGitLabError(cause, "forbidden", "insufficient_scope", "not_found")) return;
    const detail = detailOf(cause);
    if (detail === undefined) throw cause;
    const summary = `Cannot work with the GitLab at ${context.gitlab.client.server}`;
    throw new DiagnosticError(coded("unusable-server", error(summary, detail)));
  }
}
