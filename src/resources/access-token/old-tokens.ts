import { isGitLabError, type TokenEntity } from "../../gitlab";
import { confirmVisible } from "../../inventory";
import type { AccountId, TokenId } from "../../model";
import { DiagnosticError, error, warning, type Diagnostic } from "../../provider/contract";
import { accountLabel } from "../shared/account-label";
import type { Context } from "../shared/context";
import { attempt, detailOf } from "../shared/failures";
import {
  activeTokensNow,
  isStillOurs,
  othersAmong,
  straysAmong,
  type TokenOwner,
} from "./ownership";
import { withLastUse } from "./rotation";
import type { AccessTokenState, PreviousToken } from "./schema";

/**
 * GitLab also lists revoked and expired tokens, so a token is gone only if its account is. If the account exists, the
 * lists were wrong.
 */
export async function refuseUnlisted({ account, tokenId }: TokenId, context: Context) {
  const accountId = accountLabel(account, context);
  const found = await attempt(`Cannot read token ${tokenId} of ${accountId}`, () =>
    context.inventory.accounts.find(account),
  );
  if (found === undefined) return;
  throw new DiagnosticError(
    error(
      "token-not-listed",
      `GitLab does not list token ${tokenId} of ${accountId}`,
      `The account exists, and GitLab lists its tokens even when they are revoked or expired, so this response is ` +
        `incomplete: a proxy, a cache or a replica may have sent it. Nothing is created or removed because of it. Plan ` +
        `again; if it stays so, compare with the list that GitLab itself returns (GET /personal_access_tokens?user_id=${account.userId}).`,
    ),
  );
}

/** For a token that worked at the last read, but is missing in a list of active ones. */
export async function confirmEnded(
  token: TokenId,
  { created_at: createdAt }: AccessTokenState,
  context: Context,
): Promise<void> {
  const { account, tokenId } = token;
  const summary = `Cannot read token ${tokenId} of ${accountLabel(account, context)}`;
  const found = await attempt(summary, () =>
    context.inventory.tokens.find({ ...token, createdAt: createdAt ?? undefined }),
  );
  if (found === undefined) await refuseUnlisted(token, context);
}

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

/** Revokes a token, unless this run itself authenticates with it. */
export async function revokeToken(
  account: AccountId,
  tokenId: number,
  context: Context,
): Promise<Diagnostic[]> {
  if ((await context.gitlab.ownTokenId()) === tokenId)
    return [ownTokenWarning(account, tokenId, context)];
  try {
    await context.gitlab.tokens.revoke(account, tokenId);
  } catch (cause) {
    if (!isGitLabError(cause, "not_found")) throw cause;
    await confirmVisible(context.gitlab, account.owner);
    const active = await activeTokensNow(account, context);
    // One response alone proves nothing: a token that is still listed is still alive.
    if (active.some(({ id }) => id === tokenId)) throw cause;
  }
  context.inventory.tokens.dropActive(tokenId);
  return [];
}

function ownTokenWarning(account: AccountId, tokenId: number, context: Context): Diagnostic {
  return warning(
    "own-token-not-revoked",
    `Token ${tokenId} of ${accountLabel(account, context)} was not revoked`,
    "This run itself authenticates with it. Use the new value in the next run, and then revoke this one.",
  );
}

interface Retired {
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
