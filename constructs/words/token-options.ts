import type { Delivery } from "./delivery";
import type { GranularScope } from "./granular-scope";
import type { Rotation } from "./rotation";
import type { ScopeLike } from "./scope";

/**
 * What a token may do, how long it lives (exactly one of `expiresAt`, `rotation` and `neverExpires`) and where its
 * value is delivered.
 */
export interface AccessTokenOptions {
  /**
   * What the token may be used for. A string is the name of a known scope.
   * @default - none; then `granularScopes` must be set
   * @see https://docs.gitlab.com/user/profile/personal_access_tokens/#personal-access-token-scopes
   */
  readonly scopes?: readonly ScopeLike[];
  /**
   * Permissions of a fine-grained token, in place of scopes. Needs GitLab 19.6 and an administrator's token.
   * @default - none; then `scopes` must be set
   * @see https://docs.gitlab.com/auth/tokens/fine_grained_access_tokens/
   */
  readonly granularScopes?: readonly GranularScope[];
  /**
   * The day in UTC, `YYYY-MM-DD`, at whose beginning the token stops working. GitLab allows at most 365 days from
   * today, unless the instance sets its own limit.
   * @default - none; then `rotation` or `neverExpires` must be set
   * @see https://docs.gitlab.com/user/profile/personal_access_tokens/#access-token-expiration
   */
  readonly expiresAt?: string;
  /**
   * When the token is replaced by the next, as in `Rotation.every(Duration.days(30))`.
   * @default - none; then `expiresAt` or `neverExpires` must be set
   */
  readonly rotation?: Rotation;
  /**
   * The token never expires. An instance that enforces an expiry refuses it.
   * @default false
   */
  readonly neverExpires?: boolean;
  /**
   * Arbitrary values, such as `{ host: "runner-7" }`. Changing any of them creates a new token in the next apply,
   * delivers it, and revokes the old one after the overlap.
   * @default - none
   */
  readonly keepers?: Readonly<Record<string, string>>;
  /**
   * IDs of this token's generations, current or previous, whose value has leaked. The next apply revokes them even if
   * they are in use; the current one only after a new one is delivered. They can stay in the list or be removed
   * afterwards.
   * @default - none
   */
  readonly revokeNow?: readonly number[];
  /**
   * Where the value is delivered. No two tokens may share a destination.
   * @default - nowhere; then `storeValue` must be true
   */
  readonly deliverTo?: readonly Delivery[];
  /**
   * Keeps the value in the state, so that the program can use `value`. Terraform's state holds it in clear text,
   * Pulumi's as a secret.
   * @default false
   */
  readonly storeValue?: boolean;
  /**
   * What the token is for, at most 210 characters. A change reaches GitLab with the next token.
   * @default - the account's purpose and contact
   */
  readonly description?: string;
  /**
   * The token's name before a rename. It keeps the token's identity in the state. Remove it after the next apply.
   * @default - the token was not renamed
   */
  readonly formerName?: string;
}
