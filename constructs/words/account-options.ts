import type { AccountOwner } from "./account-owner";
import type { AccountOnDestroy, AccountTimeouts } from "./account-rules";

/** An account's properties, and what happens to it. */
export interface AccountOptions {
  /** Where the account lives. Changing it replaces the account. */
  readonly owner: AccountOwner;
  /**
   * The username, unique among the users and groups of the instance: 1 to 255 letters, digits, hyphens, dots and
   * underscores.
   * @default - owner and construct id, as in `platform-deployer`; none if the owner is a number or comes later
   * @see https://docs.gitlab.com/user/reserved_names/
   */
  readonly username?: string;
  /**
   * The username before a rename. The account keeps its user ID, and with it its tokens and memberships. Remove it
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
   * The email address.
   * @default - GitLab generates one
   */
  readonly email?: string;
  /**
   * What the account is for. With `contact`, the default description of its tokens; together at most 210 characters.
   * @default - unset
   */
  readonly purpose?: string;
  /**
   * Whom to ask about the account.
   * @default - unset
   */
  readonly contact?: string;
  /**
   * Makes a plan that would delete or replace the account an error. On Pulumi it also sets `protect`.
   * @default false
   */
  readonly deletionProtection?: boolean;
  /**
   * What destroying does: `delete` the user; `disable` it, which removes its memberships, revokes its tokens and keeps
   * the user; or `retain` it unchanged.
   * @default "delete"
   */
  readonly onDestroy?: AccountOnDestroy;
  /**
   * True blocks the user: no token of it works, and its memberships and tokens stay. False makes it work again. Needs an
   * administrator's token.
   * @default - whatever it is in GitLab
   */
  readonly suspended?: boolean;
  /**
   * Also delete what the account contributed, instead of moving it to GitLab's ghost user.
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
