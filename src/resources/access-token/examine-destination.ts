import type { DestinationHost } from "../../destinations/destination";
import { DeliveryError } from "../../destinations/errors";
import { markerKey } from "../../model";
import { isGitLabError } from "../../gitlab";
import { detailOf } from "../shared/failures";
import { placeDestination } from "./destinations";
import type { DeliveryState } from "./schema";

/** Why a destination would take no value, and whether another machine may find it otherwise. */
interface Refusal {
  readonly words: string;
  readonly isLocal: boolean;
}

/**
 * Asks a destination whether this run could deliver there, and changes nothing. Whose value is there now is not judged.
 */
export async function examineDestination(
  kind: string,
  written: Readonly<Record<string, unknown>>,
  host: DestinationHost,
): Promise<Refusal | undefined> {
  const entry = { [kind]: written } as DeliveryState;
  const key = markerKey({ accountId: "", stack: "doctor", tokenName: "" });
  const claim = { key, deliveredBefore: true };
  try {
    const { destination } = await placeDestination(entry, undefined, host);
    await (destination.foresee ? destination.foresee(claim) : destination.check(claim));
    return undefined;
  } catch (cause) {
    if (!(cause instanceof DeliveryError) && !isGitLabError(cause)) throw cause;
    const isLocal = cause instanceof DeliveryError && cause.isLocal;
    return { words: detailOf(cause) ?? cause.message, isLocal };
  }
}
