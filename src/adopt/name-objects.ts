import type { Picture } from "../estate";
import { membershipKey } from "./keys";
import { Names } from "./names";

/** The names in code of a picture's objects. */
export interface ObjectNames {
  account(userId: number): string;
  token(tokenId: number): string;
  membership(key: string): string;
}

/** A line of TypeScript contains `export const NAME = new ServiceAccount(` with this name. */
const LONGEST_OF_ACCOUNT = 40;
const LONGEST = 100;

/**
 * Names depend on the whole picture and not on the filter, so that another filter, or a later run, gives the same ones.
 * Of two accounts with one name the older one gets it, of two tokens the newer one.
 */
export function nameObjects({ accounts, tokens, memberships }: Picture): ObjectNames {
  const usernames = new Map(accounts.map(({ userId, username }) => [userId, username]));
  const wordsOf = (userId: number, word: string) => [usernames.get(userId) ?? "", word];
  const ofAccounts = new Names(LONGEST_OF_ACCOUNT);
  const ofTokens = new Names(LONGEST);
  const ofMemberships = new Names(LONGEST);
  const named = {
    accounts: new Map(
      [...accounts]
        .sort((left, right) => left.userId - right.userId)
        .map(({ userId, username }) => [userId, ofAccounts.nameOf([username], String(userId))]),
    ),
    tokens: new Map(
      tokens
        .filter(({ state }) => state === "active")
        .sort((left, right) => right.tokenId - left.tokenId)
        .map(({ tokenId, userId, name }) => [
          tokenId,
          ofTokens.nameOf(wordsOf(userId, name), String(tokenId)),
        ]),
    ),
    memberships: new Map(
      memberships
        .map((one) => ({ ...one, key: membershipKey(one.container, one.userId) }))
        .sort((left, right) => (left.key < right.key ? -1 : 1))
        .map(({ key, userId, container: { path } }) => [
          key,
          ofMemberships.nameOf(wordsOf(userId, path), key.replace("membership ", "")),
        ]),
    ),
  };
  return {
    account: (userId) => named.accounts.get(userId) ?? "",
    token: (tokenId) => named.tokens.get(tokenId) ?? "",
    membership: (key) => named.memberships.get(key) ?? "",
  };
}
