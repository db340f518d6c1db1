import type { AccountId, RetirementPolicy } from "../../model";
import { error, warning, type Diagnostic } from "../../provider/contract";
import type { Context } from "../shared/context";
import { detailOf } from "../shared/failures";
import type { PlacedDestination } from "./destinations";
import { isOver } from "./previous";
import { revokeToken } from "./revoke";
import { whyChanged } from "./observe";
import type { PreviousToken } from "./schema";

export interface Retiring {
  readonly account: AccountId;
  /** Oldest first, with their last use as GitLab tells it now. */
  readonly previous: readonly PreviousToken[];
  readonly policy: RetirementPolicy;
  /** Revoked whatever their use. */
  readonly leaked: ReadonlySet<number>;
  /** Null where nothing else may go. */
  readonly now: Date | null;
}

export interface Retired {
  readonly previous: PreviousToken[];
  readonly diagnostics: Diagnostic[];
}

/** Revokes the replaced tokens whose time has come, and keeps those that are in use. Never throws what it can say. */
export async function retire(retiring: Retiring, context: Context): Promise<Retired> {
  const kept: PreviousToken[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const entry of retiring.previous) {
    if (!mustGo(entry, retiring)) {
      kept.push(entry);
      continue;
    }
    const found = await revokeOrReport(retiring.account, entry.token_id ?? 0, context);
    if (found.length > 0) kept.push(entry);
    diagnostics.push(...found);
  }
  return { previous: kept, diagnostics };
}

function mustGo(entry: PreviousToken, { leaked, policy, now }: Retiring): boolean {
  return leaked.has(entry.token_id ?? 0) || (now !== null && isOver(entry, policy, now));
}

/** Anything to say means that the token is still alive. */
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
        `Token ${tokenId} was replaced but is still active`,
        `Revoking it failed: ${why} The next apply tries again.`,
        ["previous"],
      ),
    ];
  }
}

/**
 * Nothing older is revoked as long as a destination does not hold the present value, whatever was seen when the plan
 * was made. Answers what stands in the way.
 */
export async function undelivered(
  destinations: readonly PlacedDestination[],
  delivered: { readonly tokenId: number; readonly fingerprint: string | null },
): Promise<Diagnostic[]> {
  for (const { destination } of destinations) {
    const reason = await whyUndelivered(destination, delivered);
    if (reason === undefined) continue;
    return [
      warning(
        `Old tokens of token ${delivered.tokenId} are kept`,
        `${reason} Whoever reads it may still use an old token, so that none was revoked.`,
        ["previous"],
      ),
    ];
  }
  return [];
}

async function whyUndelivered(
  destination: PlacedDestination["destination"],
  delivered: { readonly tokenId: number; readonly fingerprint: string | null },
): Promise<string | undefined> {
  try {
    const reason = whyChanged(await destination.observe(delivered), destination.label);
    return reason === null ? undefined : `${reason}.`;
  } catch (cause) {
    const detail = detailOf(cause);
    if (detail === undefined) throw cause;
    return detail;
  }
}
