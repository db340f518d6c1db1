import type { IResolvable, TerraformMetaArguments } from "cdktf";
import type { Construct } from "constructs";
import type { AccountTimeouts } from "../../words";
import { GlsaResource, type Attributes } from "./resource";

/** Attributes of `glsa_service_account`; exactly one of `group`, `project` and `instance` says where it lives. */
export interface GlsaServiceAccountConfig extends TerraformMetaArguments {
  /** Full path or number of the owning group. */
  readonly group?: string;
  /** Full path or number of the owning project. */
  readonly project?: string;
  /** True for an account of the whole instance. */
  readonly instance?: boolean | IResolvable;
  /** Unique among the users and groups of the instance. */
  readonly username: string;
  /**
   * The name that GitLab shows.
   * @default - the username
   */
  readonly name?: string;
  /**
   * E-mail address.
   * @default - one that GitLab makes up
   */
  readonly email?: string;
  /**
   * While true, a plan that would delete or replace the account is an error.
   * @default false
   */
  readonly deletionProtection?: boolean | IResolvable;
  /**
   * `delete`, `disable` or `retain`.
   * @default "delete"
   */
  readonly onDestroy?: string;
  /**
   * Delete what the account contributed, too.
   * @default false
   */
  readonly hardDelete?: boolean | IResolvable;
  /**
   * How long to wait for the server.
   * @default - as the provider documents
   */
  readonly timeouts?: AccountTimeouts;
}

/** The Terraform resource `glsa_service_account`. */
export class GlsaServiceAccount extends GlsaResource {
  /** Terraform's name of the type. */
  static readonly tfResourceType = "glsa_service_account";

  private readonly config: GlsaServiceAccountConfig;

  constructor(scope: Construct, id: string, config: GlsaServiceAccountConfig) {
    super(scope, id, { terraformResourceType: GlsaServiceAccount.tfResourceType, ...config });
    this.config = { ...config, timeouts: config.timeouts && { ...config.timeouts } };
  }

  /** `group:GROUP:USER`, `project:PROJECT:USER` or `instance:USER`, in numbers. */
  get id(): string {
    return this.getStringAttribute("id");
  }

  /** GitLab's number of the user. */
  get userId(): number {
    return this.getNumberAttribute("user_id");
  }

  /** Unique among the users and groups of the instance. */
  get username(): string {
    return this.getStringAttribute("username");
  }

  /** The name that GitLab shows. */
  get displayName(): string {
    return this.getStringAttribute("name");
  }

  /** E-mail address. */
  get email(): string {
    return this.getStringAttribute("email");
  }

  /** `active`, or `awaiting_email_confirmation`. */
  get status(): string {
    return this.getStringAttribute("status");
  }

  protected override attributes(): Attributes {
    const { config } = this;
    return {
      group: config.group,
      project: config.project,
      instance: config.instance,
      username: config.username,
      name: config.name,
      email: config.email,
      deletion_protection: config.deletionProtection,
      on_destroy: config.onDestroy,
      hard_delete: config.hardDelete,
      timeouts: config.timeouts,
    };
  }
}
