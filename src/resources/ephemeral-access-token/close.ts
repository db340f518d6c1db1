import { parseTokenId } from "../../model";
import { warning, type Diagnostic, type PrivateState } from "../../provider/contract";
import { revokeToken } from "../access-token/old-tokens";
import { accountLabel } from "../shared/account-label";
import type { Context } from "../shared/context";
import { detailOf } from "../shared/failures";

/** Revokes the token. A failure here does not fail the run: the token expires by itself. */
export async function closeEphemeralToken(
  privateState: PrivateState | null,
  context: Context,
): Promise<Diagnostic[]> {
  const text = privateState?.["id"];
  const id = typeof text === "string" ? parseTokenId(text) : undefined;
  if (id === undefined) return [];
  try {
    return await revokeToken(id.account, id.tokenId, context);
  } catch (cause) {
    return [
      warning(
        "ephemeral-token-active",
        `Ephemeral token ${id.tokenId} of ${accountLabel(id.account, context)} is still active`,
        `${detailOf(cause) ?? String(cause)} It expires by itself within two days. To remove it now, revoke it by hand.`,
      ),
    ];
  }
}
