import type { GitLab, TokenEntity } from "../gitlab";
import { asDeclared, readMarker, withoutMarker } from "../model";
import type { AccountsById } from "./accounts";
import type { GapLog } from "./gap-log";
import type { PagedList } from "./paged-list";
import type { PicturedAccount, PicturedToken } from "./picture";

interface TokenQuestion {
  readonly accounts: AccountsById;
  /** The tokens of the whole instance, if that takes fewer requests. */
  readonly list: PagedList<TokenEntity> | undefined;
  readonly isAdministrator: boolean;
}

/** All tokens of the accounts. An account whose tokens were seen is marked. */
export async function readTokens(
  gitlab: GitLab,
  { accounts, list, isAdministrator }: TokenQuestion,
  gaps: GapLog,
): Promise<PicturedToken[]> {
  if (list !== undefined) return tokensOfInstance(list, accounts, gaps);
  const read = await Promise.all(
    [...accounts.values()].map(async (account) => {
      const tokens = await tokensOfAccount(gitlab, account, isAdministrator, gaps);
      if (tokens === undefined) return [];
      accounts.set(account.userId, { ...account, tokensSeen: true });
      return tokens.map(pictured);
    }),
  );
  return read.flat();
}

async function tokensOfInstance(
  list: PagedList<TokenEntity>,
  accounts: AccountsById,
  gaps: GapLog,
): Promise<PicturedToken[]> {
  const { items, isWhole, failure } = await list.read(({ user_id: id }) => accounts.has(id));
  const missing = { hides: ["tokens"], what: "the tokens of the instance" } as const;
  if (failure !== undefined) gaps.failed(missing, failure);
  else if (!isWhole) gaps.shifted(missing, "/personal_access_tokens");
  else for (const [id, account] of accounts) accounts.set(id, { ...account, tokensSeen: true });
  return items.map(pictured);
}

/** Undefined if they cannot be seen. */
async function tokensOfAccount(
  gitlab: GitLab,
  account: PicturedAccount,
  isAdministrator: boolean,
  gaps: GapLog,
): Promise<TokenEntity[] | undefined> {
  const { userId, username, owner, isForeign } = account;
  // An administrator lists the tokens of any user directly; other callers by way of the owner.
  if (!isAdministrator && (isForeign || owner === null)) return undefined;
  const by = isAdministrator || owner === null ? { kind: "instance" as const } : owner;
  try {
    return await gitlab.tokens.listOfAccount({ owner: by, userId });
  } catch (failure) {
    gaps.failed({ hides: ["tokens"], userId, what: `the tokens of ${username}` }, failure);
    return undefined;
  }
}

function pictured(token: TokenEntity): PicturedToken {
  const { description = null, scopes, last_used_ips: lastUsedIps = null } = token;
  const { granular_scopes: shown } = token;
  return {
    tokenId: token.id,
    userId: token.user_id,
    name: token.name,
    description: withoutMarker(description),
    scopes,
    isGranular: token.granular === true || scopes.includes("granular"),
    granularScopes: shown ? asDeclared(shown) : null,
    state: token.revoked ? "revoked" : token.active ? "active" : "expired",
    createdAt: token.created_at,
    expiresAt: token.expires_at,
    lastUsedAt: token.last_used_at ?? null,
    lastUsedIps,
    marker: readMarker(description) ?? null,
  };
}
