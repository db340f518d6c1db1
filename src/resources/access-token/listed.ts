import type { TokenId } from "../../model";
import { DiagnosticError, error } from "../../provider/contract";
import { accountLabel } from "../shared/account-label";
import type { Context } from "../shared/context";
import { attempt } from "../shared/failures";
import type { AccessTokenState } from "./schema";

/**
 * GitLab also lists revoked and expired tokens, so a token is gone only if its account is. If the account exists, the
 * lists were wrong.
 */
export async function refuseUnlisted({ account, tokenId }: TokenId, context: Context) {
  const accountId = accountLabel(account, context);
  const found = await attempt(`Cannot read token ${tokenId} of ${accountId}`, () =>
    context.inventory.accounts.find(account),
  );
  if (found === undefined) return;
  throw new DiagnosticError(
    error(
      "token-not-listed",
      `GitLab does not list token ${tokenId} of ${accountId}`,
      `The account exists, and GitLab lists its tokens even when they are revoked or expired, so this response is ` +
        `incomplete: a proxy, a cache or a replica may have sent it. Nothing is created or removed because of it. Plan ` +
        `again; if it stays so, compare with the list that GitLab itself returns (GET /personal_access_tokens?user_id=${account.userId}).`,
    ),
  );
}

/** For a token that worked at the last read, but is missing in a list of active ones. */
export async function confirmEnded(
  token: TokenId,
  { created_at: createdAt }: AccessTokenState,
  context: Context,
): Promise<void> {
  const { account, tokenId } = token;
  const summary = `Cannot read token ${tokenId} of ${accountLabel(account, context)}`;
  const found = await attempt(summary, () =>
    context.inventory.tokens.find({ ...token, createdAt: createdAt ?? undefined }),
  );
  if (found === undefined) await refuseUnlisted(token, context);
}
