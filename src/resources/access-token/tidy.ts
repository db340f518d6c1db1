import { warning, type Diagnostic } from "../../provider/contract";
import type { Context } from "../shared/context";
import { detailOf } from "../shared/failures";
import type { PlacedDestination } from "./destinations";

/**
 * Has destinations put away the values of tokens that do not live any more. Nothing depends on it, and the next rotation
 * does it again, so that a failure is told and no more.
 */
export async function tidyDestinations(
  placed: readonly PlacedDestination[],
  living: readonly (number | null)[],
  { claims }: Context,
): Promise<Diagnostic[]> {
  const tokens = living.filter((id) => id !== null);
  const diagnostics: Diagnostic[] = [];
  for (const { destination } of placed) {
    try {
      await claims.exclusively(destination.address, async () => destination.tidy?.(tokens));
    } catch (cause) {
      diagnostics.push(
        warning(
          "old-values-kept",
          `${destination.label} still keeps values of revoked tokens`,
          `${detailOf(cause) ?? String(cause)} The tokens do not work any more. The next rotation tries again.`,
          ["deliver_to"],
        ),
      );
    }
  }
  return diagnostics;
}
