/** The role of an account, and when its membership ends. */
export interface MembershipOptions {
  /**
   * The day in UTC, `YYYY-MM-DD`, at whose beginning the membership ends.
   * @default - it does not end
   */
  readonly expiresAt?: string;
  /**
   * Whether destroying it also removes the account's direct memberships in everything below the group.
   * @default false
   */
  readonly removeMembershipsBelow?: boolean;
}
