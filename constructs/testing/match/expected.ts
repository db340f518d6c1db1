import type {
  AccountOnDestroy,
  AccountOwner,
  ContainerRef,
  Delivery,
  Duration,
  Role,
  Scope,
} from "../../words";

/**
 * An account that should be declared. What is left out is not looked at; every property may also be one of the test
 * runner's own, such as `expect.stringMatching(/^platform-/)`.
 */
export interface ExpectedAccount {
  /** Unique on the instance; letter case does not matter. */
  readonly username?: string;
  /** Where it lives, as in `AccountOwner.group("platform")`. */
  readonly owner?: AccountOwner;
  /** The name that GitLab shows. */
  readonly name?: string;
  /** `null` for one that GitLab makes up. */
  readonly email?: string | null;
  /** Whether a plan that would delete it is an error. */
  readonly deletionProtection?: boolean;
  /** What becomes of it: `delete`, `disable` or `retain`. */
  readonly onDestroy?: AccountOnDestroy;
}

/** A membership that should be declared. What is left out is not looked at. */
export interface ExpectedGrant {
  /** Username of the account. */
  readonly account?: string;
  /** Full path or number of the group or project. */
  readonly on?: ContainerRef;
  /** A text is the name of a base role. A custom role is another role than the one it builds on. */
  readonly role?: Role | string;
  /** Day in UTC, `YYYY-MM-DD`; `null` for a membership that does not end. */
  readonly expiresAt?: string | null;
}

/** A token that should be declared. What is left out is not looked at. */
export interface ExpectedToken {
  /** Username of the account. */
  readonly account?: string;
  /** Name of the token. */
  readonly name?: string;
  /** All of its scopes, in any order; `expect.arrayContaining(["api"])` for some of them. */
  readonly scopes?: readonly (Scope | string)[];
  /** How often, as `Duration.days(30)` or `"30d"`; or whether at all. */
  readonly rotates?: Duration | string | boolean;
  /** For how long the old token works beside the new one; `null` for the provider's default. */
  readonly overlap?: Duration | string | null;
  /** Day in UTC, `YYYY-MM-DD`; `null` for a token without a fixed one. */
  readonly expiresAt?: string | null;
  /** Whether it never ends. */
  readonly neverExpires?: boolean;
  /** Whether the value stands in the engine's state. With the official provider it always does. */
  readonly storeValue?: boolean;
  /** What the token says of itself. */
  readonly description?: string | null;
}

/** A delivery that should be declared. What is left out is not looked at. */
export interface ExpectedDelivery {
  /** Username of the account. */
  readonly account?: string;
  /** Name of the token. */
  readonly token?: string;
  /** The destination; of its settings, those that are written. */
  readonly to?: Delivery;
}
