import { isGitLabError, type GitLab, type GitLabError } from "../../gitlab";
import { fingerprint } from "../../model";
import { DiagnosticError, error, type Diagnostic } from "../../provider/contract";
import { unusable, type Context } from "./context";
import { detailOf } from "./failures";
import { isToldElsewhere, tellUsable } from "./told-elsewhere";

/** With one of these scopes a token can read what a plan needs. Each request judges a fine-grained one. */
const READING_SCOPES = ["api", "read_api", "granular"];

const NO_GITLAB = "The server at that address is not a GitLab: correct base_url.";

/**
 * Sends one request to the server, so that a failure that every object would meet is reported once, whatever the number
 * of configurations.
 */
export async function checkServer(context: Context): Promise<Context> {
  if (!context.ready) return context;
  const { gitlab, ledger } = context;
  const { server } = gitlab.client;
  const problem = await problemWith(gitlab);
  if (problem === undefined) {
    tellUsable(server, ledger);
    return context;
  }
  const failure = new DiagnosticError(
    error("unusable-server", `Cannot work with the GitLab at ${server}`, problem),
  );
  const cause = [server, fingerprint(gitlab.ownToken), problem].join(" ");
  if (!isToldElsewhere(cause, server, ledger)) throw failure;
  // What was saved is applied at once: a configuration that kept silent would let what needs it go on.
  if (!context.plansFirst) throw new DiagnosticError(unusableToo(server));
  return unusable(context, failure, true);
}

function unusableToo(server: string): Diagnostic {
  return error(
    "unusable-server",
    `Cannot work with the GitLab at ${server}`,
    "The cause is that of another configuration of the provider in this run, which tells it.",
  );
}

/** Cached: code that needs the run's own token sends no further request. */
async function problemWith(gitlab: GitLab): Promise<string | undefined> {
  try {
    return problemWithScopes(await gitlab.ownTokenScopes());
  } catch (cause) {
    // A token with few rights may not read this and yet do what the run needs.
    const isRefused = isGitLabError(cause, "forbidden", "insufficient_scope", "not_found");
    const refusal = isRefused ? await refusalOfAll(gitlab) : cause;
    if (refusal === undefined) return undefined;
    const detail = detailOf(refusal);
    if (detail === undefined) throw cause;
    return detail;
  }
}

/** Every GitLab returns its version to every token that may use the API at all. */
async function refusalOfAll(gitlab: GitLab): Promise<GitLabError | undefined> {
  try {
    await gitlab.version();
    return undefined;
  } catch (cause) {
    if (isGitLabError(cause, "not_found")) return cause.withRemedy(NO_GITLAB);
    if (isGitLabError(cause)) return cause;
    throw cause;
  }
}

function problemWithScopes(scopes: readonly string[] | undefined): string | undefined {
  if (scopes === undefined || scopes.some((scope) => READING_SCOPES.includes(scope))) {
    return undefined;
  }
  return (
    `The token that glsa itself uses (GITLAB_TOKEN, or the provider's token) has only ${scopes.join(", ") || "no scopes"}. ` +
    "Give it the scope api."
  );
}
