import { TerraformResource, type TerraformResourceConfig } from "cdktf";
import type { Construct } from "constructs";
import { StackChecks } from "../stack-checks";

/** Attributes by their Terraform names; those that are undefined are left out. */
export type Attributes = Record<string, unknown>;

/** What the resources of the glsa provider have in common. */
export abstract class GlsaResource extends TerraformResource {
  constructor(scope: Construct, id: string, config: TerraformResourceConfig) {
    super(scope, id, config);
    StackChecks.of(this).addResource(this);
  }

  protected abstract attributes(): Attributes;

  protected override synthesizeAttributes(): Attributes {
    return this.attributes();
  }

  protected override synthesizeHclAttributes(): Attributes {
    return this.attributes();
  }
}
