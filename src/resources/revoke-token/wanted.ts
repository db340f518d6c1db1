import type { TokenEntity } from "../../gitlab";
import type { AccountId } from "../../model";
import { error, type Diagnostic } from "../../provider/contract";
import { accountLabel } from "../shared/account-label";
import type { Context } from "../shared/context";
import { attempt } from "../shared/failures";
import type { RevokeTokenState } from "./schema";

/** The tokens of the account that are to be revoked, dead ones included. */
export async function wantedTokens(
  account: AccountId,
  { token_ids: ids }: RevokeTokenState,
  context: Context,
): Promise<readonly TokenEntity[]> {
  const all = await attempt(
    `Cannot read the tokens of ${accountLabel(account, context)}`,
    async () => {
      // From here on messages have its name.
      await context.inventory.accounts.find(account);
      return context.gitlab.tokens.listOfAccount(account, ids === null ? { state: "active" } : {});
    },
  );
  return ids === null ? all : all.filter(({ id }) => ids.includes(id));
}

/** A number that was mistyped must not pass for a token that is over. */
export async function foreseenErrors(
  found: readonly TokenEntity[],
  account: AccountId,
  { token_ids: ids }: RevokeTokenState,
  context: Context,
): Promise<Diagnostic[]> {
  const listed = new Set(found.map(({ id }) => id));
  const missing = (ids ?? []).filter((id) => !listed.has(id));
  const own = await context.gitlab.ownTokenId();
  const label = accountLabel(account, context);
  return [
    ...missing.map((id) =>
      error(
        "token-not-of-account",
        `Token ${id} is not one of ${label}`,
        "GitLab lists no such token for this account, dead ones included. Correct the number, or service_account_id; nothing was revoked.",
        ["token_ids"],
      ),
    ),
    ...(ids !== null && own !== undefined && ids.includes(own)
      ? [
          error(
            "own-token-named",
            `Token ${own} is the one that this run works with`,
            "Once it is revoked, the run could not even give the state's lock back. Put another token into GITLAB_TOKEN, or pipe this one's value into glsa leak, which revokes it by itself.",
            ["token_ids"],
          ),
        ]
      : []),
  ];
}
