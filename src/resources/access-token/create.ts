import { formatTokenId, parseAccountId } from "../../model";
import {
  DiagnosticError,
  error,
  type ApplyResult,
  type CreateRequest,
  type Diagnostic,
} from "../../provider/contract";
import { refuseWhileDestroyed } from "../one-address/with-one-address";
import { accountLabel } from "../shared/account-label";
import type { Context } from "../shared/context";
import { attempt, detailOf } from "../shared/failures";
import { accountIdErrors } from "../shared/problems";
import { refuseWhenStopped } from "../shared/stopping";
import { settledIds } from "./destinations";
import { deliveryCode, type FailedDelivery } from "./delivery-round";
import { claimOfKey, keyOf } from "./ownership";
import { toPrivateState } from "./private-state";
import { renew } from "./renew";
import type { AccessTokenAttributes, AccessTokenState } from "./schema";

export async function createAccessToken(
  { planned }: CreateRequest<AccessTokenAttributes>,
  context: Context,
): Promise<ApplyResult<AccessTokenAttributes>> {
  refuseWhenStopped(context);
  const wanted = planned as AccessTokenState;
  const account = parseAccountId(wanted.service_account_id);
  if (account === undefined)
    throw new DiagnosticError(...accountIdErrors(wanted.service_account_id));
  const key = keyOf(wanted, context);
  context.claims.claim(claimOfKey(key));
  refuseWhileDestroyed(
    claimOfKey(key),
    `token "${wanted.name}" of ${accountLabel(wanted.service_account_id, context)}`,
    context,
  );
  return attempt(
    `Cannot create token "${wanted.name}" of ${accountLabel(wanted.service_account_id, context)}`,
    async () => {
      const made = await renew({ planned, account, key }, context);
      if (made.failures.length > 0) {
        throw new DiagnosticError(halfDelivered(made.token.id, made.failures));
      }
      const id = formatTokenId({ account, tokenId: made.token.id });
      return {
        state: { ...made.state, id, destination_ids: settledIds(wanted, null) },
        private: toPrivateState(made.memory),
        diagnostics: made.diagnostics.map(asWarning),
      };
    },
  );
}

/** An engine treats an object that was created with an error as broken, and replaces it. */
function asWarning(diagnostic: Diagnostic): Diagnostic {
  return { ...diagnostic, severity: "warning" };
}

/**
 * Without a state the engine starts over, which is right: the token carries a marker, so the next token replaces it
 * everywhere and then revokes it.
 */
function halfDelivered(tokenId: number, failures: readonly FailedDelivery[]): Diagnostic {
  const causes = failures.map(({ cause }) => cause);
  return error(
    deliveryCode(causes),
    `Token ${tokenId} did not reach every destination`,
    `${causes.map(detailOf).join(" ")} The values delivered before could not be put back, so token ` +
      `${tokenId} stays alive. The next apply delivers a new one everywhere, and then revokes this one.`,
    ["deliver_to"],
  );
}
