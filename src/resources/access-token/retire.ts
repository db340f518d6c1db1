import type { AccountId } from "../../model";
import { error, type Diagnostic } from "../../provider/contract";
import type { Context } from "../shared/context";
import { detailOf } from "../shared/failures";
import { revokeToken } from "./revoke";

export interface Retired {
  readonly revoked: ReadonlySet<number>;
  /** Of those that are still alive. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Revokes old tokens, one after the other. Reports failures instead of throwing them. */
export async function retire(
  account: AccountId,
  tokenIds: readonly number[],
  context: Context,
): Promise<Retired> {
  const revoked = new Set<number>();
  const diagnostics: Diagnostic[] = [];
  for (const tokenId of tokenIds) {
    const found = await revokeOrReport(account, tokenId, context);
    if (found.length === 0) revoked.add(tokenId);
    diagnostics.push(...found);
  }
  return { revoked, diagnostics };
}

/** Any message means that the token is still alive. */
async function revokeOrReport(
  account: AccountId,
  tokenId: number,
  context: Context,
): Promise<Diagnostic[]> {
  try {
    return await revokeToken(account, tokenId, context);
  } catch (cause) {
    const why = detailOf(cause) ?? String(cause);
    return [
      error(
        "replaced-token-active",
        `Token ${tokenId} was replaced but is still active`,
        `Revoking it failed: ${why} The next apply tries again.`,
        ["previous"],
      ),
    ];
  }
}
