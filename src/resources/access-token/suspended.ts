import { isGitLabError } from "../../gitlab";
import { parseAccountId, type AccountId } from "../../model";
import { error, warning, type Diagnostic } from "../../provider/contract";
import { accountLabel } from "../shared/account-label";
import type { Context } from "../shared/context";
import { attempt } from "../shared/failures";
import { known } from "../shared/problems";
import type { AccessTokenConfig, AccessTokenState } from "./schema";

/**
 * Whether the account's user is blocked, by this configuration, another one, or an administrator. A run that may not see
 * it needs no further right for that: GitLab then refuses the new token when it is tried.
 */
export function isSuspendedAccount(
  { owner, userId }: AccountId,
  { inventory }: Context,
): Promise<boolean> {
  return attempt("Cannot tell whether the account is suspended", async () => {
    try {
      return (await inventory.users.stateOf(owner, userId)) === "blocked";
    } catch (failure) {
      if (isGitLabError(failure, "forbidden", "insufficient_scope", "not_found")) return false;
      throw failure;
    }
  });
}

/** A new token that only the schedule or the server asks for waits until the account works again. */
export function heldWarning(prior: AccessTokenState, context: Context): Diagnostic {
  return warning(
    "token-held-by-suspension",
    `Token "${prior.name}" waits: its account is suspended`,
    `A new one is due for ${accountLabel(prior.service_account_id, context)}, whose user is blocked, so nothing is made or ` +
      `delivered. The first run after the account was resumed (suspended = false, or by an administrator) makes it.`,
  );
}

/** A declared token would not work, and GitLab refuses to let it be tried. */
export async function suspendedErrors(
  { service_account_id: accountId, name }: AccessTokenConfig,
  context: Context,
): Promise<Diagnostic[]> {
  const account = parseAccountId(known(accountId) ?? "");
  if (account === undefined || !(await isSuspendedAccount(account, context))) return [];
  return [
    error(
      "account-suspended",
      `Token "${known(name) ?? ""}" cannot be made: its account is suspended`,
      `The user of ${accountLabel(account, context)} is blocked, so a new token would not work. Resume the account first, with ` +
        `suspended = false where it is declared, in an apply of its own; or leave the token's declaration as it was.`,
      ["service_account_id"],
    ),
  ];
}
