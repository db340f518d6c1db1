import type { TerraformProvider } from "cdktf";
import type { IConstruct } from "constructs";
import { addressesUnder, type AccountOwner, type Addresses } from "../words";
import { spell } from "./late";

/** What a token or a membership needs to know of its account. */
export interface AccountReference extends IConstruct {
  /** The id in the provider's form, as in `group:12:345`. */
  readonly id: string;
  /** The user's ID in GitLab. */
  readonly userId: number;
  /** Where the account lives. */
  readonly owner: AccountOwner;
  /** The username. Unique among the users and groups of the instance. */
  readonly username: string;
  /** The username before a rename, while the rename is under way. */
  readonly formerUsername?: string;
  /** The provider that manages the account, glsa's or the official one. Undefined for the stack's default. */
  readonly provider?: TerraformProvider;
  /** The default description of the account's tokens. */
  readonly description?: string;
}

/**
 * The addresses of an account (no words) or of an object that belongs to it (the words that identify it within the
 * account).
 */
export function addressesOf(
  account: AccountReference,
  words: readonly string[] = [],
  formerWords: readonly string[] = words,
): Addresses {
  const { username, formerUsername, provider } = account;
  const names = {
    username: spell(account, username),
    formerUsername: formerUsername && spell(account, formerUsername),
    instance: provider?.alias,
  };
  return addressesUnder(names, words, formerWords);
}
