import type { TerraformResource } from "cdktf";
import type { Addresses } from "../words";
import type { TakeOverOptions } from "./take-over-options";

/** Gives a resource its address. Tells Terraform when the address is new, and where a taken-over object comes from. */
export function placeAt(
  resource: TerraformResource,
  { current, former }: Addresses,
  { importFrom, moveFrom }: TakeOverOptions,
): void {
  resource.overrideLogicalId(current);
  if (importFrom !== undefined) resource.importFrom(importFrom);
  if (moveFrom !== undefined) resource.moveFromId(moveFrom);
  if (former !== undefined) resource.moveFromId(`${resource.terraformResourceType}.${former}`);
}
