import type { DeliveryDestination } from "../words";

/**
 * What a stack or program declares, independent of engine and provider. A value that is known only in the apply is its
 * reference, such as `${gitlab_group.apps.id}`.
 */
export interface Declarations {
  /** The accounts that are created, without those that are looked up. */
  readonly accounts: readonly DeclaredAccount[];
  /** The direct memberships. */
  readonly memberships: readonly DeclaredMembership[];
  /** The accounts' tokens. */
  readonly tokens: readonly DeclaredToken[];
  /** The deliveries of token values. */
  readonly deliveries: readonly DeclaredDelivery[];
}

/** A service account. */
export interface DeclaredAccount {
  /** The username. Unique on the instance. */
  readonly username: string;
  /** `group platform`, `project platform/web` or `the instance`. */
  readonly owner: string;
  /** The name that GitLab shows. The username if none is declared. */
  readonly name: string;
  /** The email address. Missing if GitLab generates one. */
  readonly email?: string;
  /** Whether a plan that deletes it is an error. */
  readonly deletionProtection: boolean;
  /** `delete`, `disable` or `retain`. */
  readonly onDestroy: string;
}

/** A membership of an account. */
export interface DeclaredMembership {
  /** The account's username, or `user 345` if only the number is known. */
  readonly account: string;
  /** The full path or number of the group or project. */
  readonly on: string;
  /** The name of the default role. */
  readonly role: string;
  /** The number of the custom role, if it is one. */
  readonly customRoleId?: number;
  /** The day in UTC, `YYYY-MM-DD`, at whose beginning it ends. Missing if it does not end. */
  readonly expiresAt?: string;
}

/** A token of an account. */
export interface DeclaredToken {
  /** The account's username, or `user 345` if only the number is known. */
  readonly account: string;
  /** The name that GitLab shows. */
  readonly name: string;
  /** The scopes as GitLab spells them, sorted. */
  readonly scopes: readonly string[];
  /** Where a fine-grained token may do what, such as `group 12: create_member, read_member`. Missing for scopes. */
  readonly permissions?: readonly string[];
  /** The whole days or weeks from one token to the next, such as `30d`. Missing if it does not rotate. */
  readonly rotates?: string;
  /** How long the old token works beside the new one. Missing if the provider's default applies. */
  readonly overlap?: string;
  /** The day in UTC, `YYYY-MM-DD`, at whose beginning it expires. Missing if it rotates or never expires. */
  readonly expiresAt?: string;
  /** Whether it never expires. */
  readonly neverExpires: boolean;
  /** Whether the value is in the engine's state. Always true with the official provider. */
  readonly storeValue: boolean;
  /** The description. Missing if none is written. */
  readonly description?: string;
}

/** One destination of a token's value. */
export interface DeclaredDelivery {
  /** The account's username, or `user 345` if only the number is known. */
  readonly account: string;
  /** The name of the token. */
  readonly token: string;
  /** The destination, with the settings that are written. */
  readonly to: DeliveryDestination;
}
