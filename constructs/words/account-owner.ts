/** A group or project: its full path, or its number. */
export type ContainerRef = string | number;

/**
 * Where a service account lives. Changing it means another account.
 * @see https://docs.gitlab.com/user/profile/service_accounts/
 */
export class AccountOwner {
  /**
   * A top-level group, or a subgroup (GitLab 18.11).
   * @param group full path, such as `platform/apps`, or number
   */
  static group(group: ContainerRef): AccountOwner {
    return new AccountOwner("group", group);
  }

  /**
   * A project (GitLab 18.11).
   * @param project full path, such as `platform/charts`, or number
   */
  static project(project: ContainerRef): AccountOwner {
    return new AccountOwner("project", project);
  }

  /** The whole instance, which only an administrator can manage. */
  static instance(): AccountOwner {
    return new AccountOwner("instance", undefined);
  }

  private constructor(
    /** What owns the account. */
    readonly kind: "group" | "project" | "instance",
    /** The group or project; undefined for the instance. */
    readonly container: ContainerRef | undefined,
  ) {}

  /** As it is written in messages. */
  toString(): string {
    return this.container === undefined ? "the instance" : `${this.kind} "${this.container}"`;
  }
}
