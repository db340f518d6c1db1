import type { Delivered } from "../../destinations/destination";
import type { Holding } from "../../model";
import { warning, type Diagnostic } from "../../provider/contract";
import { detailOf } from "../shared/failures";
import { deliveredTo, type PlacedDestination } from "./destinations";
import { whyChanged } from "./observe";
import type { AccessTokenState } from "./schema";

export interface SeenHoldings {
  readonly holdings: readonly Holding[];
  /** Older tokens that a destination holds instead of the current one. */
  readonly held: ReadonlySet<number>;
  /** Why no old token is revoked, even if it is due. */
  readonly doubts: readonly Diagnostic[];
}

interface SeenHolding {
  readonly holding: Holding;
  readonly held?: number;
  readonly why?: string;
}

/**
 * What the destinations hold now, whatever was observed in the plan.
 * @param older values that a destination may have received again: by hand, or from a suspended run
 */
export async function lookAtHoldings(
  destinations: readonly PlacedDestination[],
  prior: AccessTokenState,
  older: readonly Delivered[],
): Promise<SeenHoldings> {
  const seen = await Promise.all(destinations.map((placed) => lookAt(placed, prior, older)));
  const [why] = seen.flatMap(({ why: text }) => (text === undefined ? [] : [text]));
  return {
    holdings: seen.map(({ holding }) => holding),
    held: new Set(seen.flatMap(({ held }) => (held === undefined ? [] : [held]))),
    doubts: why === undefined ? [] : [keptWarning(prior, why)],
  };
}

async function lookAt(
  placed: PlacedDestination,
  { token_id: tokenId, fingerprint }: AccessTokenState,
  older: readonly Delivered[],
): Promise<SeenHolding> {
  const { destination, deliveredBefore, failedBefore } = placed;
  // A new destination that will receive the value. No consumer reads an old token there.
  if (!deliveredBefore) return { holding: "nothing" };
  try {
    const present = deliveredTo(placed, { tokenId: tokenId ?? 0, fingerprint });
    const observation = await destination.observe(present);
    switch (observation.kind) {
      case "missing":
        return { holding: "nothing" };
      case "value_changed": {
        const why = `${whyChanged(observation, destination.label)}.`;
        return { holding: "other", held: await heldOf(placed, older), why };
      }
      case "not_comparable":
        return { holding: failedBefore ? "undelivered" : "present" };
      default:
        return { holding: "present" };
    }
  } catch (cause) {
    const why = detailOf(cause);
    if (why === undefined) throw cause;
    return { holding: "unknown", why };
  }
}

async function heldOf(
  placed: PlacedDestination,
  older: readonly Delivered[],
): Promise<number | undefined> {
  for (const each of older) {
    const { kind } = await placed.destination.observe(deliveredTo(placed, each));
    if (kind === "unchanged" || kind === "settings_changed") return each.tokenId;
  }
  return undefined;
}

function keptWarning({ token_id: tokenId }: AccessTokenState, why: string): Diagnostic {
  return warning(
    "old-tokens-kept",
    `Old tokens of token ${tokenId} are kept`,
    `${why} Its consumers may still use an old token, so none was revoked.`,
    ["previous"],
  );
}
