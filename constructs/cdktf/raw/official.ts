import { TerraformDataSource, TerraformResource, type TerraformMetaArguments } from "cdktf";
import type { Construct } from "constructs";
import { snakeCase, terraformType, type OfficialObject } from "../../../src/official";
import { isPlain, type Attributes } from "./attributes";

/**
 * A resource of the official GitLab provider, by attributes and not by its bindings: these need not be there. It has
 * cdktf's own methods, such as `addOverride` and `getStringAttribute`.
 */
export class OfficialResource extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly object: OfficialObject,
    config: TerraformMetaArguments,
  ) {
    super(scope, id, { terraformResourceType: terraformType(object.kind), ...config });
  }

  protected override synthesizeAttributes(): Attributes {
    return terraformAttributes(this.object.properties);
  }

  protected override synthesizeHclAttributes(): Attributes {
    return this.synthesizeAttributes();
  }
}

/** A data source of the official GitLab provider: a group by `fullPath`, or a user by `username`. */
export class OfficialDataSource extends TerraformDataSource {
  constructor(
    scope: Construct,
    id: string,
    kind: "group" | "user",
    private readonly properties: { readonly fullPath: string } | { readonly username: string },
    config: TerraformMetaArguments,
  ) {
    super(scope, id, { terraformResourceType: terraformType(kind), ...config });
  }

  protected override synthesizeAttributes(): Attributes {
    return terraformAttributes(this.properties);
  }

  protected override synthesizeHclAttributes(): Attributes {
    return this.synthesizeAttributes();
  }
}

/** Properties by their Terraform names; values that are no plain objects stay as they are. */
function terraformAttributes(properties: object): Attributes {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]: [string, unknown]) => [
      snakeCase(name),
      isPlain(value) ? terraformAttributes(value) : value,
    ]),
  );
}
