import type { DeliveryDestination } from "../words";

/**
 * What a stack or program declares, in the words of no engine and no provider. A value that only an apply knows is the
 * reference to it, such as `${gitlab_group.apps.id}`.
 */
export interface Declarations {
  /** The accounts that are made; not those that are looked up. */
  readonly accounts: readonly DeclaredAccount[];
  /** Who is a direct member of what. */
  readonly memberships: readonly DeclaredMembership[];
  /** The accounts' tokens. */
  readonly tokens: readonly DeclaredToken[];
  /** Where the tokens' values go. */
  readonly deliveries: readonly DeclaredDelivery[];
}

/** A service account. */
export interface DeclaredAccount {
  /** Unique on the instance. */
  readonly username: string;
  /** `group platform`, `project platform/web` or `the instance`. */
  readonly owner: string;
  /** The name that GitLab shows; the username where none is declared. */
  readonly name: string;
  /** Missing where GitLab makes one up. */
  readonly email?: string;
  /** Whether a plan that would delete it is an error. */
  readonly deletionProtection: boolean;
  /** `delete`, `disable` or `retain`. */
  readonly onDestroy: string;
}

/** A membership of an account. */
export interface DeclaredMembership {
  /** The account's username, or `user 345` for a number. */
  readonly account: string;
  /** Full path or number of the group or project. */
  readonly on: string;
  /** Name of the base role. */
  readonly role: string;
  /** Number of the custom role, where it is one. */
  readonly customRoleId?: number;
  /** Day in UTC, `YYYY-MM-DD`; missing where it does not end. */
  readonly expiresAt?: string;
}

/** A token of an account. */
export interface DeclaredToken {
  /** The account's username, or `user 345` for a number. */
  readonly account: string;
  /** The name that GitLab shows. */
  readonly name: string;
  /** As GitLab spells them, sorted. */
  readonly scopes: readonly string[];
  /** Whole days or weeks from one token to the next, such as `30d`; missing where it does not rotate. */
  readonly rotates?: string;
  /** For how long the old token works beside the new one; missing where the provider's default holds. */
  readonly overlap?: string;
  /** Day in UTC, `YYYY-MM-DD`; missing where it rotates or never ends. */
  readonly expiresAt?: string;
  /** Whether it never ends. */
  readonly neverExpires: boolean;
  /** Whether the value stands in the engine's state; it always does with the official provider. */
  readonly storeValue: boolean;
  /** What the token says of itself; missing where nothing is written. */
  readonly description?: string;
}

/** One destination of a token's value. */
export interface DeclaredDelivery {
  /** The account's username, or `user 345` for a number. */
  readonly account: string;
  /** Name of the token. */
  readonly token: string;
  /** The one destination that is set, with the settings that are written. */
  readonly to: DeliveryDestination;
}
