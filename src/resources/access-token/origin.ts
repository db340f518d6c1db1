import { hostname } from "node:os";
import { destinationIn } from "../../destinations/entry";
import { markerOrigin } from "../../model";
import type { Context } from "../shared/context";
import type { PlacedDestination } from "./destinations";
import type { AccessTokenState, DeliveryState } from "./schema";

/**
 * What distinguishes a declaration's tokens from those of the same declaration in another state: the state's name and
 * the destinations. Both are the same in the run after an interrupted first creation, before any state knew the token.
 * If two states deliver to the very same destination, a consumer of one reads the other's value there.
 */
export function originOf(
  wanted: Pick<AccessTokenState, "deliver_to" | "store_value">,
  placed: readonly PlacedDestination[],
  context: Context,
): string {
  const places = placed.map(({ destination }) => destination.address);
  const isLocal = wanted.store_value === true || (wanted.deliver_to ?? []).some(isOnThisMachine);
  return markerOrigin(context.stateName(), isLocal ? [...places, here()] : places);
}

function isOnThisMachine(entry: DeliveryState): boolean {
  return destinationIn(entry)?.record.isLocal ?? false;
}

/** The same path, program or output elsewhere belongs to another consumer. */
function here(): string {
  return `${hostname()} ${process.cwd()}`;
}
