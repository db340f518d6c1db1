import type { Delivery } from "./delivery";
import type { Rotation } from "./rotation";
import type { Scope } from "./scope";

/**
 * What a token may do, how long it lives (exactly one of `expiresAt`, `rotation` and `neverExpires`) and where its
 * value goes.
 */
export interface AccessTokenOptions {
  /**
   * What the token may be used for; a text is the name of a known scope.
   * @see https://docs.gitlab.com/user/profile/personal_access_tokens/#personal-access-token-scopes
   */
  readonly scopes: readonly (Scope | string)[];
  /**
   * Day in UTC, `YYYY-MM-DD`, at whose beginning the token stops working. GitLab allows 365 days ahead, unless
   * the instance sets its own limit.
   * @default - none; then `rotation` or `neverExpires` must be set
   * @see https://docs.gitlab.com/user/profile/personal_access_tokens/#access-token-expiration
   */
  readonly expiresAt?: string;
  /**
   * When the token gives way to the next, as in `Rotation.every(Duration.days(30))`.
   * @default - none; then `expiresAt` or `neverExpires` must be set
   */
  readonly rotation?: Rotation;
  /**
   * The token never ends. An instance that enforces an expiry refuses it.
   * @default false
   */
  readonly neverExpires?: boolean;
  /**
   * Words of your own, such as `{ host: "runner-7" }`: any change makes a new token in the next apply, delivers it and
   * revokes the old one after the overlap.
   * @default - none
   */
  readonly keepers?: Readonly<Record<string, string>>;
  /**
   * Numbers of this token that leaked, present or previous ones. The next apply revokes them, in use or not; a present
   * one only after a new one is delivered. They may stay in the list, or go after that.
   * @default - none
   */
  readonly revokeNow?: readonly number[];
  /**
   * Where the value goes; no two tokens may share a destination.
   * @default - nowhere; then `storeValue` must be true
   */
  readonly deliverTo?: readonly Delivery[];
  /**
   * Keep the value in the state, so that `value` can be used in the program. Terraform's state holds it in clear
   * text, Pulumi's as a secret.
   * @default false
   */
  readonly storeValue?: boolean;
  /**
   * What the token is for, at most 210 characters. It reaches GitLab with the next token that is made.
   * @default - the account's purpose and contact
   */
  readonly description?: string;
  /**
   * The token's name before a rename: it keeps the token's place in the state. Remove it after the next apply.
   * @default - the token was not renamed
   */
  readonly formerName?: string;
}
