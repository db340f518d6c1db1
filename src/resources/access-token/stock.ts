import type { TokenEntity } from "../../gitlab";
import type { AccountId } from "../../model";
import type { Context } from "../shared/context";
import { confirmEnded } from "./listed";
import { withLastUse } from "./previous";
import { isStillOurs, othersAmong, straysAmong, type TokenOwner } from "./ownership";
import { activeTokensNow } from "./strays";
import type { AccessTokenState, PreviousToken } from "./schema";

/** The live tokens of one declaration. */
export interface Stock {
  /** The current token. Undefined if it is revoked or expired, or if there was none yet. */
  readonly current: TokenEntity | undefined;
  /** Oldest first. */
  readonly previous: readonly PreviousToken[];
  readonly strays: readonly TokenEntity[];
  /** Marked tokens that another state may have created. */
  readonly others: readonly TokenEntity[];
  readonly active: readonly TokenEntity[];
}

/** Without those that were just revoked. */
export function without(stock: Stock, revoked: ReadonlySet<number>): Stock {
  return {
    ...stock,
    previous: stock.previous.filter(({ token_id: id }) => !revoked.has(id ?? 0)),
    strays: stock.strays.filter(({ id }) => !revoked.has(id)),
  };
}

/** Reads the server now: the plan may be days old, and another run may have changed something since. */
export async function takeStock(
  account: AccountId,
  owner: TokenOwner,
  prior: AccessTokenState | undefined,
  context: Context,
): Promise<Stock> {
  const active = await activeTokensNow(account, context);
  const current = active.find(({ id }) => id === prior?.token_id);
  if (current === undefined && prior?.token_id != null && prior.status === "active") {
    await confirmEnded({ account, tokenId: prior.token_id }, prior, context);
  }
  const previous = (prior?.previous ?? []).flatMap((entry) => {
    const token = active.find(({ id }) => id === entry.token_id);
    const isOurs = token !== undefined && isStillOurs(token, owner, entry);
    return isOurs ? [withLastUse(entry, token)] : [];
  });
  const known = new Set([prior?.token_id, ...previous.map((entry) => entry.token_id)]);
  const expected = { createdAt: prior?.created_at ?? null };
  return {
    current: current && isStillOurs(current, owner, expected) ? current : undefined,
    previous,
    strays: straysAmong(active, owner, known, context),
    others: othersAmong(active, owner, known, context),
    active,
  };
}
