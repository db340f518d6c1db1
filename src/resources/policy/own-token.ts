import { daysBetween, fingerprint, utcDate } from "../../model";
import { isGitLabError } from "../../gitlab";
import { warning, type Diagnostic } from "../../provider/contract";
import type { Context } from "../shared/context";

/** So that a weekly run tells it at least once. */
export const WARNED_DAYS = 7;

/** Once in a run for each token: the run that finds its token expired can tell nothing any more. */
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
      `glsa's own token (GITLAB_TOKEN, or token) ends on ${expiresAt}, in ${days === 1 ? "1 day" : `${days} days`}; runs after that are refused. ` +
        "Make a new one and put it where this run reads it, or let glsa rotate it (docs/pipelines.md).",
    ),
  ];
}

/** Whatever keeps it from being told is told by the requests that matter. */
async function expiryOf({ gitlab }: Context): Promise<string | null | undefined> {
  try {
    return await gitlab.ownTokenExpiry();
  } catch (cause) {
    if (!isGitLabError(cause)) throw cause;
    return undefined;
  }
}
