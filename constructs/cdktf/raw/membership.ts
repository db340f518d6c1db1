import type { IResolvable, TerraformMetaArguments } from "cdktf";
import type { Construct } from "constructs";
import { GlsaResource, type Attributes } from "./resource";

/** Attributes of `glsa_membership`: who (one of the first two), where (one of the next two), and as what. */
export interface GlsaMembershipConfig extends TerraformMetaArguments {
  /** The `id` of a `glsa_service_account`. */
  readonly serviceAccountId?: string;
  /** Number of a user that glsa does not manage. */
  readonly userId?: number;
  /** Full path or number of the group. */
  readonly group?: string;
  /** Full path or number of the project. */
  readonly project?: string;
  /** Name of a base role, such as `developer`. */
  readonly role: string;
  /**
   * Number of a custom role, which builds on `role`.
   * @default - none: the base role alone
   */
  readonly customRoleId?: number;
  /**
   * Day in UTC, `YYYY-MM-DD`, at whose beginning the membership ends.
   * @default - it does not end
   */
  readonly expiresAt?: string;
  /**
   * Destroying it removes the memberships in groups and projects below, too.
   * @default false
   */
  readonly removeMembershipsBelow?: boolean | IResolvable;
}

/** The Terraform resource `glsa_membership`. */
export class GlsaMembership extends GlsaResource {
  /** Terraform's name of the type. */
  static readonly tfResourceType = "glsa_membership";

  private readonly config: GlsaMembershipConfig;

  constructor(scope: Construct, id: string, config: GlsaMembershipConfig) {
    super(scope, id, { terraformResourceType: GlsaMembership.tfResourceType, ...config });
    this.config = { ...config };
  }

  /** `group:GROUP:USER` or `project:PROJECT:USER`, in numbers. */
  get id(): string {
    return this.getStringAttribute("id");
  }

  /** GitLab's number of the user. */
  get userId(): number {
    return this.getNumberAttribute("user_id");
  }

  /** Name of the base role. */
  get role(): string {
    return this.getStringAttribute("role");
  }

  /** Day in UTC, `YYYY-MM-DD`, at whose beginning the membership ends. */
  get expiresAt(): string {
    return this.getStringAttribute("expires_at");
  }

  /** `active`, or `expired`. */
  get status(): string {
    return this.getStringAttribute("status");
  }

  protected override attributes(): Attributes {
    const { config } = this;
    return {
      service_account_id: config.serviceAccountId,
      user_id: config.userId,
      group: config.group,
      project: config.project,
      role: config.role,
      custom_role_id: config.customRoleId,
      expires_at: config.expiresAt,
      remove_memberships_below: config.removeMembershipsBelow,
    };
  }
}
