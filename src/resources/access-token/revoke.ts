import { isGitLabError } from "../../gitlab";
import { confirmVisible } from "../../inventory";
import type { AccountId } from "../../model";
import { warning, type Diagnostic } from "../../provider/contract";
import { accountLabel } from "../shared/account-label";
import type { Context } from "../shared/context";
import { activeTokensNow } from "./strays";

/** Revokes a token, unless this run itself authenticates with it. */
export async function revokeToken(
  account: AccountId,
  tokenId: number,
  context: Context,
): Promise<Diagnostic[]> {
  if ((await context.gitlab.ownTokenId()) === tokenId)
    return [ownTokenWarning(account, tokenId, context)];
  try {
    await context.gitlab.tokens.revoke(account, tokenId);
  } catch (cause) {
    if (!isGitLabError(cause, "not_found")) throw cause;
    await confirmVisible(context.gitlab, account.owner);
    const active = await activeTokensNow(account, context);
    // One response alone proves nothing: a token that is still listed is still alive.
    if (active.some(({ id }) => id === tokenId)) throw cause;
  }
  context.inventory.tokens.dropActive(tokenId);
  return [];
}

function ownTokenWarning(account: AccountId, tokenId: number, context: Context): Diagnostic {
  return warning(
    "own-token-not-revoked",
    `Token ${tokenId} of ${accountLabel(account, context)} was not revoked`,
    "This run itself authenticates with it. Use the new value in the next run, and then revoke this one.",
  );
}
