import type { IConstruct } from "constructs";
import { addressOf, pathWord } from "../words";
import { spell } from "./late";
import type { GlsaProvider } from "./raw/provider";

/** What a token or a membership knows of its account. */
export interface AccountReference extends IConstruct {
  /** The provider's id, as in `group:12:345`. */
  readonly id: string;
  readonly username: string;
  /** The username before a rename, while the rename is under way. */
  readonly formerUsername?: string;
  /** The provider that manages the account; undefined for the stack's default. */
  readonly provider?: GlsaProvider;
  /** What the account's tokens say of themselves by default. */
  readonly description?: string;
}

/** Where an object stands in Terraform's state, and where it stood before a rename. */
export interface Addresses {
  readonly current: string;
  readonly former?: string;
}

/**
 * The addresses of an account (no words) or of what belongs to it (the words it is known by within the account).
 * They are made of usernames, since these are unique on an instance: neither another place in the construct tree
 * nor another spelling of the owner moves an identity.
 */
export function addressesOf(
  account: AccountReference,
  words: readonly string[] = [],
  formerWords: readonly string[] = words,
): Addresses {
  const { username, formerUsername } = account;
  const current = addressUnder(account, username, words);
  const former = addressUnder(account, formerUsername ?? username, formerWords);
  return former === current ? { current } : { current, former };
}

function addressUnder(
  account: AccountReference,
  username: string,
  words: readonly string[],
): string {
  const alias = account.provider?.alias;
  const instance = alias === undefined ? [] : [alias];
  return addressOf([...instance, pathWord(spell(account, username)), ...words]);
}
