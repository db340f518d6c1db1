import type { DeletePlanRequest, DeleteRequest, Diagnostic } from "../../provider/contract";
import { accountLabel } from "../shared/account-label";
import type { Context } from "../shared/context";
import { attempt } from "../shared/failures";
import { refuseWhenStopped } from "../shared/stopping";
import { tokenIdOf } from "./identity";
import { removeDropped } from "./destinations";
import { movedError } from "./foresee";
import {
  claimOfKey,
  isStillOurs,
  ownerOf,
  straysAmong,
  activeTokensNow,
  knownTokenIds,
} from "./ownership";
import { confirmEnded, revokeToken } from "./old-tokens";
import { fromPrivateState } from "./private-state";
import type { AccessTokenAttributes, AccessTokenState } from "./schema";

/** Refuses if the same plan creates the token at another address. */
export function planDeleteAccessToken(
  { prior, private: privateState }: DeletePlanRequest<AccessTokenAttributes>,
  context: Context,
): Diagnostic[] {
  const key = fromPrivateState(privateState)?.key ?? "";
  const claim = claimOfKey(key);
  // Once the other address has created its token, no consumer is locked out.
  if (key === "" || context.claims.isClaimed(claim)) return [];
  if (!context.claims.planned(claim, "destroy")) return [];
  return [movedError(prior.name, prior.service_account_id, context)];
}

export async function deleteAccessToken(
  { prior, private: privateState }: DeleteRequest<AccessTokenAttributes>,
  context: Context,
): Promise<Diagnostic[]> {
  refuseWhenStopped(context);
  const memory = fromPrivateState(privateState);
  const key = memory?.key ?? "";
  // Another address has taken over the tokens in this same run. They have their overlap there.
  if (key !== "" && context.claims.isClaimed(claimOfKey(key))) return [];
  context.claims.destroying(claimOfKey(key));
  const { account, tokenId } = tokenIdOf(prior);
  const summary = `Cannot remove token "${prior.name}" of ${accountLabel(prior.service_account_id, context)}`;
  return attempt(summary, async () => {
    const known = knownTokenIds(prior);
    const owner = ownerOf(key, memory);
    const active = await activeTokensNow(account, context);
    if (prior.status === "active" && !active.some(({ id }) => id === tokenId)) {
      await confirmEnded({ account, tokenId }, prior, context);
    }
    const diagnostics: Diagnostic[] = [];
    // The token is revoked first. A value that is left behind afterwards has no use.
    const strays = new Set(straysAmong(active, owner, known, context));
    for (const token of active) {
      const isOurs = known.has(token.id) && isStillOurs(token, owner, expectedOf(token.id, prior));
      if (!isOurs && !strays.has(token)) continue;
      diagnostics.push(...(await revokeToken(account, token.id, context)));
    }
    await removeDropped(prior, { deliver_to: null }, memory, context);
    return diagnostics;
  });
}

function expectedOf(tokenId: number, { token_id, created_at, previous }: AccessTokenState) {
  if (tokenId === token_id) return { createdAt: created_at };
  return previous?.find((entry) => entry.token_id === tokenId) ?? {};
}
