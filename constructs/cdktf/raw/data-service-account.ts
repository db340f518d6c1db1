import { TerraformDataSource, type IResolvable, type TerraformMetaArguments } from "cdktf";
import type { Construct } from "constructs";
import { StackChecks } from "../stack-checks";
import type { Attributes } from "./resource";

/** What an account that something else made is looked up by: exactly one owner, and the username. */
export interface DataGlsaServiceAccountConfig extends TerraformMetaArguments {
  /** Full path or number of the owning group. */
  readonly group?: string;
  /** Full path or number of the owning project. */
  readonly project?: string;
  /** True for an account of the whole instance. */
  readonly instance?: boolean | IResolvable;
  /** Unique among the users and groups of the instance. */
  readonly username: string;
}

/** The Terraform data source `glsa_service_account`. */
export class DataGlsaServiceAccount extends TerraformDataSource {
  /** Terraform's name of the type. */
  static readonly tfResourceType = "glsa_service_account";

  private readonly config: DataGlsaServiceAccountConfig;

  constructor(scope: Construct, id: string, config: DataGlsaServiceAccountConfig) {
    super(scope, id, { terraformResourceType: DataGlsaServiceAccount.tfResourceType, ...config });
    this.config = { ...config };
    StackChecks.of(this).addDataSource();
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

  protected override synthesizeAttributes(): Attributes {
    const { group, project, instance, username } = this.config;
    return { group, project, instance, username };
  }

  protected override synthesizeHclAttributes(): Attributes {
    return this.synthesizeAttributes();
  }
}
