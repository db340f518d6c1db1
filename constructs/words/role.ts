import { parseRole, type RoleName } from "../../src/model";

/**
 * What a member may do in a group or project.
 * @see https://docs.gitlab.com/user/permissions/
 */
export class Role {
  /** Access level 5: sees that the group exists. For groups only. */
  static readonly MINIMAL_ACCESS = new Role("minimal_access");
  /** Access level 10. */
  static readonly GUEST = new Role("guest");
  /** Access level 15. */
  static readonly PLANNER = new Role("planner");
  /** Access level 20. */
  static readonly REPORTER = new Role("reporter");
  /** Access level 25. */
  static readonly SECURITY_MANAGER = new Role("security_manager");
  /** Access level 30. */
  static readonly DEVELOPER = new Role("developer");
  /** Access level 40. */
  static readonly MAINTAINER = new Role("maintainer");
  /** Access level 50. */
  static readonly OWNER = new Role("owner");

  /**
   * A custom role, which adds permissions to a default role.
   * @param base the default role that it builds on, which GitLab requires as well
   * @param id the custom role's number
   * @see https://docs.gitlab.com/user/custom_roles/
   */
  static custom(base: Role, id: number): Role {
    return new Role(base.name, id);
  }

  /** The role for a string. An unknown string is kept unchanged for the checks to report. */
  static from(role: RoleLike): Role {
    if (role instanceof Role) return role;
    return new Role(typeof role === "string" ? (parseRole(role) ?? role) : role);
  }

  private constructor(
    /** The default role's name, as in `developer`. */
    readonly name: RoleName | (string & {}),
    /** The custom role's number, if it is one. */
    readonly customRoleId?: number,
  ) {}

  /** The role as messages show it. */
  toString(): string {
    return this.customRoleId === undefined
      ? this.name
      : `${this.name} with custom role ${this.customRoleId}`;
  }
}

/** A role, or the name of a default role. Editors complete the names. */
export type RoleLike = Role | RoleName | (string & {});
