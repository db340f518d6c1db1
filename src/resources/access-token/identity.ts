import { isGitLabError } from "../../gitlab";
import { WrongOwnerError } from "../../inventory";
import {
  formatAccountId,
  formatTokenId,
  parseTokenId,
  parseAccountId,
  type AccountId,
  type TokenId,
} from "../../model";
import {
  DiagnosticError,
  error,
  isUnknown,
  type Identity,
  type IdentityValues,
} from "../../provider/contract";
import { accountLabel, userLabel } from "../shared/account-label";
import type { Context } from "../shared/context";
import { attempt, detailOf, explain } from "../shared/failures";
import { idFailure } from "../shared/spelled-id";
import { isMarkedWith } from "./ownership";
import { fromPrivateState } from "./private-state";
import type { AccessTokenAttributes, AccessTokenConfig, AccessTokenState } from "./schema";

/**
 * A rotation gives a token another number, but never another key. An imported token keeps the number that it was
 * imported by.
 */
export const accessTokenIdentity: Identity<Context, AccessTokenAttributes> = {
  attributes: {
    service_account_id: {
      type: "string",
      description: "The `id` of the account, such as `group:12:345`.",
    },
    key: {
      type: "string",
      optional: true,
      description: "The beginning of the marker in the description of each of its tokens.",
    },
    token_id: {
      type: "number",
      optional: true,
      description: "The number by which a token without a marker was imported.",
    },
  },
  of({ service_account_id: account, token_id: tokenId }, privateState) {
    if (account === null || tokenId === null) return null;
    const key = fromPrivateState(privateState)?.key ?? "";
    const marked = { service_account_id: account, key, token_id: null };
    return key === "" ? { ...marked, key: null, token_id: tokenId } : marked;
  },
  importId: importIdOf,
};

async function importIdOf(values: IdentityValues, context: Context): Promise<string> {
  const { service_account_id: written, key, token_id: tokenId } = values;
  const account = parseAccountId(String(written ?? ""));
  if (account === undefined) throw malformedAccount(String(written ?? ""));
  if (typeof key === "string" && key !== "") {
    return formatTokenId({ account, tokenId: await numberOf(account, key, context) });
  }
  if (typeof tokenId !== "number") throw incomplete();
  return formatTokenId({ account, tokenId });
}

/** The newest of those with the key, which is the current one. */
async function numberOf(account: AccountId, key: string, { inventory }: Context): Promise<number> {
  const accountId = formatAccountId(account);
  const active = await attempt(`Cannot import the token of ${accountId} by its key`, () =>
    inventory.tokens.activeOf(account),
  );
  const ids = active.filter((token) => isMarkedWith(token, key)).map(({ id }) => id);
  if (ids.length === 0) throw unknownKey(key, accountId);
  return Math.max(...ids);
}

/** An identity has numbers where an import id may have names. */
function malformedAccount(text: string): DiagnosticError {
  return new DiagnosticError(
    error(
      "malformed-id",
      `"${text}" is not the id of a service account`,
      "Write group:GROUP:USER, with GitLab's own numbers.",
    ),
  );
}

function incomplete(): DiagnosticError {
  return new DiagnosticError(
    error(
      "identity-incomplete",
      "The identity names no token",
      "Write key, for a token that glsa created, or token_id, for any other, beside service_account_id.",
    ),
  );
}

function unknownKey(key: string, account: string): DiagnosticError {
  return new DiagnosticError(
    error(
      "identity-unknown",
      `No live token of ${account} has the key "${key}"`,
      "It was revoked or has expired, or glsa never created it. Import a token by its token_id, or leave the import out to create a new one.",
    ),
  );
}

/*
 * The official provider identifies a personal access token by its user alone, a service account or a human, and not by
 * the account's owner. Such a token is taken over as user:345:678. The first read checks that the user is a service
 * account, and the first plan takes the owner from the declaration. Meanwhile an administrator can read and revoke it
 * like a token of an instance's account.
 */

export function ownerlessId(userId: number, tokenId: number): string {
  return `user:${userId}:${tokenId}`;
}

export function parseOwnerless(id: string | null): TokenId | undefined {
  const parts = /^user:(\d+):(\d+)$/.exec(id ?? "");
  if (parts === null) return undefined;
  const account = { owner: { kind: "instance" }, userId: Number(parts[1]) } as const;
  return { account, tokenId: Number(parts[2]) };
}

/** Called by a read. Rotating or revoking a human's token would lock that person out. */
export async function refuseTokenOfHuman(
  ownerless: TokenId | undefined,
  context: Context,
): Promise<void> {
  if (ownerless === undefined) return;
  const { account, tokenId } = ownerless;
  const { userId } = account;
  try {
    await context.inventory.accounts.find(account);
  } catch (cause) {
    if (cause instanceof WrongOwnerError) throw tokenOfHuman(userId, tokenId, context);
    if (isGitLabError(cause, "forbidden")) throw cannotTell(userId, tokenId, cause, context);
    throw explain(`Cannot find out whose token ${tokenId} is`, cause);
  }
}

function tokenOfHuman(userId: number, tokenId: number, context: Context): DiagnosticError {
  return new DiagnosticError(
    error(
      "token-of-human",
      `Token ${tokenId} is not a service account's`,
      `Its ${userLabel(userId, context)} is not a service account, and glsa manages tokens of service accounts only. Remove the moved ` +
        `block and this declaration, and leave the token to gitlab_personal_access_token.`,
    ),
  );
}

function cannotTell(
  userId: number,
  tokenId: number,
  cause: unknown,
  context: Context,
): DiagnosticError {
  return new DiagnosticError(
    error(
      "token-owner-unknown",
      `Cannot find out whose token ${tokenId} is`,
      `${detailOf(cause) ?? ""} Only an administrator can check whether ${userLabel(userId, context)} is a service account. Apply once with ` +
        `an administrator's token; or import the token by its account's id and its number (group:GROUP:${userId}:${tokenId}) ` +
        `instead of moving it.`,
    ),
  );
}

/** Called by a plan: the state, completed with the account's owner from the declaration. */
export async function withDeclaredOwner(
  { service_account_id: written }: AccessTokenConfig,
  prior: AccessTokenState,
  context: Context,
): Promise<AccessTokenState> {
  const id = parseOwnerless(prior.id);
  if (id === undefined || isUnknown(written)) return prior;
  const account = parseAccountId(written);
  if (account === undefined || account.userId !== id.account.userId) {
    throw otherUser(id, written, context);
  }
  const accountId = formatAccountId(account);
  if (context.ready) {
    await attempt(
      `Cannot take token ${id.tokenId} for one of ${accountLabel(accountId, context)}`,
      () => context.inventory.accounts.find(account),
    );
  }
  return {
    ...prior,
    id: formatTokenId({ account, tokenId: id.tokenId }),
    service_account_id: accountId,
  };
}

function otherUser(
  { account, tokenId }: TokenId,
  declared: string,
  context: Context,
): DiagnosticError {
  return new DiagnosticError(
    error(
      "token-of-other-account",
      `Token ${tokenId} belongs to another account`,
      `It was moved here and belongs to ${userLabel(account.userId, context)}, but service_account_id names ${accountLabel(declared, context)}. Correct the moved block, or ` +
        `write the id of the account that has this user.`,
      ["service_account_id"],
    ),
  );
}

export function tokenIdOf(state: AccessTokenState): TokenId {
  const id = parseTokenId(state.id ?? "") ?? parseOwnerless(state.id);
  if (id === undefined) throw idFailure(state.id);
  return { account: id.account, tokenId: state.token_id ?? id.tokenId };
}
