import {
  TerraformDataSource,
  TerraformResource,
  type TerraformMetaArguments,
  type TerraformResourceConfig,
} from "cdktf";
import type { Construct } from "constructs";
import { StackChecks } from "../stack-checks";
import { inHcl, toAttributes, type AttributeNames, type Attributes } from "./attributes";

/** What the resources of the glsa provider have in common. */
export abstract class GlsaResource extends TerraformResource {
  private readonly written: Attributes;

  constructor(
    scope: Construct,
    id: string,
    type: string,
    config: TerraformMetaArguments,
    private readonly names: AttributeNames,
  ) {
    const settings: TerraformResourceConfig = { terraformResourceType: type, ...config };
    super(scope, id, settings);
    this.written = toAttributes(names, config);
    StackChecks.of(this).addResource(this);
  }

  protected override synthesizeAttributes(): Attributes {
    return this.written;
  }

  protected override synthesizeHclAttributes(): Attributes {
    return inHcl(this.names, this.written);
  }
}

/** What the data sources of the glsa provider have in common. */
export abstract class GlsaDataSource extends TerraformDataSource {
  private readonly written: Attributes;

  constructor(
    scope: Construct,
    id: string,
    type: string,
    config: TerraformMetaArguments,
    private readonly names: AttributeNames,
  ) {
    super(scope, id, { terraformResourceType: type, ...config });
    this.written = toAttributes(names, config);
    StackChecks.of(this).addDataSource();
  }

  protected override synthesizeAttributes(): Attributes {
    return this.written;
  }

  protected override synthesizeHclAttributes(): Attributes {
    return inHcl(this.names, this.written);
  }
}
