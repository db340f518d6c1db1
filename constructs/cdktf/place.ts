import type { TerraformResource } from "cdktf";
import type { Addresses } from "../words";

/** Gives a resource its address; where that is a new one, Terraform is told which it was. */
export function placeAt(resource: TerraformResource, { current, former }: Addresses): void {
  resource.overrideLogicalId(current);
  if (former !== undefined) resource.moveFromId(`${resource.terraformResourceType}.${former}`);
}
