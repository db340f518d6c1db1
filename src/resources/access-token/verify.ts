import { isGitLabError, type GitLabError, type NewTokenEntity } from "../../gitlab";
import { repeat } from "../../http";
import type { AccountId } from "../../model";
import { DiagnosticError, error } from "../../provider/contract";
import { accountLabel } from "../shared/account-label";
import type { Context } from "../shared/context";

const PAUSES = [0, 250, 500, 1000, 2000, 4000];

/** Uses a new token once. Replicas may lag behind the creation, so a refused request is repeated for a few seconds. */
export async function verifyToken(
  token: NewTokenEntity,
  account: AccountId,
  context: Context,
): Promise<void> {
  const asToken = context.gitlab.withToken(token.token);
  try {
    await repeat(
      {
        pauses: PAUSES,
        mayMend: (cause) => isGitLabError(cause, "unauthorized"),
        isStopped: () => context.stopped,
      },
      () => asToken.tokens.self(),
    );
  } catch (cause) {
    // A fine-grained token need not have the permission to read itself: GitLab knows it.
    if (isGitLabError(cause, "insufficient_scope")) return;
    throw isGitLabError(cause, "forbidden") ? refused(token, account, cause, context) : cause;
  }
}

/** The account is refused, and not the user of glsa's own token. */
function refused(
  token: NewTokenEntity,
  account: AccountId,
  cause: GitLabError,
  context: Context,
): DiagnosticError {
  return new DiagnosticError(
    error(
      "account-refused",
      `The account of token "${token.name}" may not use GitLab`,
      `GitLab responds to the new token ${token.id} of ${accountLabel(account, context)}: ${cause.serverMessage}. The account is blocked, ` +
        `deactivated or banned, or has to confirm its email address or accept terms first. Have an administrator check the ` +
        `account, and apply again. The new token was revoked, and the older ones are unchanged.`,
    ),
  );
}
