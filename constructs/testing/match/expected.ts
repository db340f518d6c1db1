import type {
  AccountOnDestroy,
  AccountOwner,
  ContainerRef,
  Delivery,
  Duration,
  RoleLike,
  ScopeLike,
} from "../../words";

/**
 * An account that should be declared. Properties that are left out are not compared. Every property may also be one of
 * the test runner's own matchers, such as `expect.stringMatching(/^platform-/)`.
 */
export interface ExpectedAccount {
  /** The username. Letter case does not matter. */
  readonly username?: string;
  /** The owner, as in `AccountOwner.group("platform")`. */
  readonly owner?: AccountOwner;
  /** The name that GitLab shows. */
  readonly name?: string;
  /** The email address. `null` if GitLab generates one. */
  readonly email?: string | null;
  /** Whether a plan that deletes it is an error. */
  readonly deletionProtection?: boolean;
  /** What destroying does: `delete`, `disable` or `retain`. */
  readonly onDestroy?: AccountOnDestroy;
}

/** A membership that should be declared. Properties that are left out are not compared. */
export interface ExpectedGrant {
  /** The username of the account. */
  readonly account?: string;
  /** The full path or number of the group or project. */
  readonly on?: ContainerRef;
  /** A string is the name of a default role. A custom role differs from the default role that it builds on. */
  readonly role?: RoleLike;
  /** The day in UTC, `YYYY-MM-DD`, at whose beginning it ends. `null` if it does not end. */
  readonly expiresAt?: string | null;
}

/** A token that should be declared. Properties that are left out are not compared. */
export interface ExpectedToken {
  /** The username of the account. */
  readonly account?: string;
  /** The name of the token. */
  readonly name?: string;
  /** All of its scopes, in any order. Use `expect.arrayContaining(["api"])` for some of them. */
  readonly scopes?: readonly ScopeLike[];
  /** How often it rotates, as `Duration.days(30)` or `"30d"`; or whether it rotates at all. */
  readonly rotates?: Duration | string | boolean;
  /** How long the old token works beside the new one. `null` for the provider's default. */
  readonly overlap?: Duration | string | null;
  /** The day in UTC, `YYYY-MM-DD`, at whose beginning it expires. `null` for a token without a fixed day. */
  readonly expiresAt?: string | null;
  /** Whether it never expires. */
  readonly neverExpires?: boolean;
  /** Whether the value is in the engine's state. Always true with the official provider. */
  readonly storeValue?: boolean;
  /** The description. */
  readonly description?: string | null;
}

/** A delivery that should be declared. Properties that are left out are not compared. */
export interface ExpectedDelivery {
  /** The username of the account. */
  readonly account?: string;
  /** The name of the token. */
  readonly token?: string;
  /** The destination. Only the settings that are written are compared. */
  readonly to?: Delivery;
}
