/** How an account is a member. */
export interface MembershipOptions {
  /**
   * Day in UTC, `YYYY-MM-DD`, at whose beginning the membership ends.
   * @default - it does not end
   */
  readonly expiresAt?: string;
  /**
   * Destroying it also removes the account's direct memberships in everything below the group.
   * @default false
   */
  readonly removeMembershipsBelow?: boolean;
}
