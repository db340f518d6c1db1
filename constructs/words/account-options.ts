import type { AccountOwner } from "./account-owner";
import type { AccountOnDestroy, AccountTimeouts } from "./account-rules";

/** What an account is, and what becomes of it. */
export interface AccountOptions {
  /** Where the account lives. Changing it replaces the account. */
  readonly owner: AccountOwner;
  /**
   * Unique among the users and groups of the instance: 1 to 255 letters, digits, hyphens, dots and underscores.
   * @default - owner and construct id, as in `platform-deployer`; none where the owner is given by number or late
   * @see https://docs.gitlab.com/user/reserved_names/
   */
  readonly username?: string;
  /**
   * The username before a rename: the account keeps its user id, and with it tokens and memberships. Remove it
   * after the next apply.
   * @default - the account was not renamed
   */
  readonly formerUsername?: string;
  /**
   * The name that GitLab shows, at most 255 characters.
   * @default - the username
   */
  readonly name?: string;
  /**
   * E-mail address.
   * @default - one that GitLab makes up
   */
  readonly email?: string;
  /**
   * What the account is for; with `contact` the default description of its tokens, together at most 210 characters.
   * @default - unsaid
   */
  readonly purpose?: string;
  /**
   * Whom to ask about it.
   * @default - unsaid
   */
  readonly contact?: string;
  /**
   * A plan that would delete or replace the account is an error. On Pulumi it sets `protect`, too.
   * @default false
   */
  readonly deletionProtection?: boolean;
  /**
   * What destroying does: `delete` the user; `disable` it, which removes its memberships, revokes its tokens and
   * keeps the user; or `retain` it as it is.
   * @default "delete"
   */
  readonly onDestroy?: AccountOnDestroy;
  /**
   * Delete what the account contributed, too, instead of giving it to GitLab's ghost user.
   * @default false
   * @see https://docs.gitlab.com/user/profile/account/delete_account/#associated-records
   */
  readonly hardDelete?: boolean;
  /**
   * How long to wait for the server.
   * @default - 10 minutes for a username, 1 minute for a deletion
   */
  readonly timeouts?: AccountTimeouts;
}
