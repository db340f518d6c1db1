import { error, type Diagnostic } from "../../provider/contract";
import { accountLabel } from "../shared/account-label";
import type { Context } from "../shared/context";
import type { AccessTokenState } from "./schema";

/** Too many tokens of a declaration are alive, and none of the old ones can be revoked yet. */
export function crowdedError(
  { name, token_id, previous, service_account_id: account }: AccessTokenState,
  context: Context,
): Diagnostic {
  const old = (previous ?? []).map((entry) => entry.token_id);
  const alive = token_id === null ? old : [token_id, ...old];
  return error(
    "too-many-tokens",
    `Token "${name}" cannot be replaced yet`,
    `Tokens ${alive.join(", ")} of ${accountLabel(account, context)} are all alive and were recently used, so another ` +
      `one would exceed the limit. Wait until one is revoked, give its consumer the delivered value, or add one of the ` +
      `older ones to revoke_now.`,
    ["previous"],
  );
}
