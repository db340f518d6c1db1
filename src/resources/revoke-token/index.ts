import { parseAccountId, type AccountId } from "../../model";
import {
  DiagnosticError,
  holdsUnknown,
  type ActionType,
  type Diagnostic,
} from "../../provider/contract";
import type { Context } from "../shared/context";
import { accountIdErrors, exactlyOne } from "../shared/problems";
import { revokeAll } from "./revoke";
import {
  revokeTokenSchema,
  type RevokeTokenAttributes,
  type RevokeTokenConfig,
  type RevokeTokenState,
} from "./schema";
import { foreseenErrors, wantedTokens } from "./wanted";

/** `action "glsa_revoke_token"` */
export const revokeTokenAction: ActionType<Context, RevokeTokenAttributes> = {
  schema: revokeTokenSchema,
  validate: (config) => [
    ...accountIdErrors(config.service_account_id),
    ...exactlyOne(config, ["token_ids", "all"]),
  ],
  foresee,
  invoke: (config, context) => revokeAll(accountIn(config), config, context),
};

async function foresee(
  config: RevokeTokenConfig,
  context: Context,
): Promise<readonly Diagnostic[]> {
  // It follows an apply, which tells what is not known yet.
  if (!context.ready || holdsUnknown(config)) return [];
  const wanted = config as RevokeTokenState;
  const account = accountIn(wanted);
  const found = await wantedTokens(account, wanted, context);
  return foreseenErrors(found, account, wanted, context);
}

function accountIn({ service_account_id: id }: RevokeTokenState): AccountId {
  const account = parseAccountId(id);
  if (account === undefined) throw new DiagnosticError(...accountIdErrors(id));
  return account;
}
