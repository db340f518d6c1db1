import type { TokenEntity } from "../../gitlab";
import type { AccountId } from "../../model";
import { DiagnosticError, error, type Diagnostic } from "../../provider/contract";
import { revokeToken } from "../access-token/old-tokens";
import { accountLabel } from "../shared/account-label";
import type { Context } from "../shared/context";
import { detailOf } from "../shared/failures";
import type { RevokeTokenState } from "./schema";
import { foreseenErrors, wantedTokens } from "./wanted";

/** Revokes each by itself: what one refuses keeps no other alive. Then asks GitLab once more. */
export async function* revokeAll(
  account: AccountId,
  config: RevokeTokenState,
  context: Context,
): AsyncGenerator<string, readonly Diagnostic[]> {
  const wanted = await wantedTokens(account, config, context);
  const errors = await foreseenErrors(wanted, account, config, context);
  if (errors.length > 0) throw new DiagnosticError(...errors);
  const diagnostics: Diagnostic[] = [];
  const revoked: TokenEntity[] = [];
  for (const token of wanted) {
    if (!token.active) {
      yield `${named(token)} does not work any more`;
      continue;
    }
    const found = await refusal(account, token, context);
    if (found.length === 0) revoked.push(token);
    diagnostics.push(...found);
  }
  const alive = await stillAlive(account, context);
  for (const token of revoked) {
    if (!alive.has(token.id))
      yield `${named(token)} of ${accountLabel(account, context)} is revoked`;
    else
      diagnostics.push(
        notRevoked(token, "GitLab took the revocation and still lists it as active."),
      );
  }
  if (wanted.length === 0) yield `${accountLabel(account, context)} has no live token`;
  return diagnostics;
}

async function refusal(
  account: AccountId,
  token: TokenEntity,
  context: Context,
): Promise<Diagnostic[]> {
  try {
    return await revokeToken(account, token.id, context);
  } catch (cause) {
    const why = detailOf(cause);
    if (why === undefined) throw cause;
    return [notRevoked(token, why)];
  }
}

function notRevoked(token: TokenEntity, why: string): Diagnostic {
  return error(
    "token-not-revoked",
    `${named(token)} is still alive`,
    `${why} Invoke the action again.`,
  );
}

async function stillAlive(account: AccountId, { gitlab }: Context): Promise<ReadonlySet<number>> {
  const active = await gitlab.tokens.listOfAccount(account, { state: "active" });
  return new Set(active.filter((token) => token.active).map(({ id }) => id));
}

function named({ id, name }: TokenEntity): string {
  return `Token ${id} ${JSON.stringify(name)}`;
}
