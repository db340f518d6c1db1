import type { TerraformResource } from "cdktf";
import type { Addresses } from "../words";
import type { TakeOverOptions } from "./take-over-options";

/**
 * Gives a resource its address. Terraform is told where that is a new one, and where the object comes from that is taken
 * over.
 */
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
