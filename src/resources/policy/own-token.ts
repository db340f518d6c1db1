import { daysBetween, fingerprint, utcDate } from "../../model";
import { isGitLabError } from "../../gitlab";
import { warning, type Diagnostic } from "../../provider/contract";
import type { Context } from "../shared/context";

/** At least one warning in a weekly run. */
export const WARNED_DAYS = 7;

/** Once per run for each token: a run whose token has expired cannot report anything. */
export async function ownTokenWarnings(context: Context): Promise<Diagnostic[]> {
  const { gitlab, claims } = context;
  if (!claims.isFirst(`expiry of token ${fingerprint(gitlab.ownToken)}`)) return [];
  const expiresAt = await expiryOf(context);
  const now = gitlab.client.serverDate;
  if (expiresAt == null || now === undefined) return [];
  const days = daysBetween(utcDate(now), expiresAt);
  if (days > WARNED_DAYS) return [];
  return [
    warning(
      "own-token-expires",
      "The token of this run expires soon",
      `glsa's own token (GITLAB_TOKEN, or token) expires on ${expiresAt}, in ${days === 1 ? "1 day" : `${days} days`}; runs after that are refused. ` +
        "Create a new one and put it where this run reads it, or let glsa rotate it (docs/pipelines.md).",
    ),
  ];
}

/** A failure here is reported by the requests that matter. */
async function expiryOf({ gitlab }: Context): Promise<string | null | undefined> {
  try {
    return await gitlab.ownTokenExpiry();
  } catch (cause) {
    if (!isGitLabError(cause)) throw cause;
    return undefined;
  }
}
