/** A group or project, by its full path or number. */
export type ContainerRef = string | number;

/**
 * Where a service account lives. Changing it replaces the account.
 * @see https://docs.gitlab.com/user/profile/service_accounts/
 */
export class AccountOwner {
  /**
   * A top-level group, or a subgroup (GitLab 18.11 or later).
   * @param group full path, such as `platform/apps`, or number
   */
  static group(group: ContainerRef): AccountOwner {
    return new AccountOwner("group", group);
  }

  /**
   * A project (GitLab 18.11 or later).
   * @param project full path, such as `platform/charts`, or number
   */
  static project(project: ContainerRef): AccountOwner {
    return new AccountOwner("project", project);
  }

  /** The whole instance. Only an administrator can manage its accounts. */
  static instance(): AccountOwner {
    return new AccountOwner("instance", undefined);
  }

  private constructor(
    /** The kind of owner. */
    readonly kind: "group" | "project" | "instance",
    /** The group or project. Undefined for the instance. */
    readonly container: ContainerRef | undefined,
  ) {}

  /** The owner as messages show it. */
  toString(): string {
    return this.container === undefined ? "the instance" : `${this.kind} "${this.container}"`;
  }
}
