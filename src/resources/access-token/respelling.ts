import { destinationIn, identityOf, withDefaults } from "../../destinations/entry";
import { canonicalSetting } from "../../destinations/format/record";
import { holdsUnknown, isUnknown } from "../../provider/contract";
import type { Context } from "../shared/context";
import { detailOf } from "../shared/failures";
import { placeDestination, withAttributes } from "./destinations";
import type { DestinationMemory, TokenMemory } from "./private-state";
import type { AccessTokenConfig, AccessTokenState, DeliveryState } from "./schema";

/**
 * The prior state with its destinations as they are written now. A project may be written by path or number, in other
 * letter case, or by a new path after a rename of its group; a Vault by its address or by VAULT_ADDR; a file by another
 * path. It is the same destination if both resolve to the same place, so nothing is delivered again.
 */
export async function withSpelling(
  prior: AccessTokenState,
  written: AccessTokenConfig["deliver_to"],
  memory: TokenMemory | undefined,
  context: Context,
): Promise<AccessTokenState> {
  const { deliver_to: before } = prior;
  if (!context.ready || before === null || isUnknown(written) || written === null) return prior;
  const known = written.filter((entry): entry is DeliveryState => !holdsUnknown(entry));
  const added = without(known, before);
  const dropped = without(before, known);
  if (added.length === 0 || dropped.length === 0) return prior;
  const now = new Map<string, DeliveryState>();
  for (const entry of added) {
    const place = await placeOf(entry, undefined, context);
    if (place !== undefined) now.set(place, entry);
  }
  const respelt: DeliveryState[] = [];
  for (const [at, entry] of before.entries()) {
    const isDropped = dropped.includes(entry);
    const place = isDropped ? await placeOf(entry, memory?.destinations[at], context) : undefined;
    const other = place === undefined ? undefined : now.get(place);
    respelt.push(other === undefined ? entry : spelledLike(entry, other));
  }
  return { ...prior, deliver_to: respelt };
}

function without(
  entries: readonly DeliveryState[],
  others: readonly DeliveryState[],
): DeliveryState[] {
  const known = new Set(others.map(identityOf));
  return entries.filter((entry) => !known.has(identityOf(entry)));
}

/** Undefined if it cannot be determined. Then the spelling decides. */
async function placeOf(
  entry: DeliveryState,
  memory: DestinationMemory | undefined,
  context: Context,
): Promise<string | undefined> {
  try {
    const { destination } = await placeDestination(entry, memory, context);
    // A change that is not possible in place makes it another destination, such as a variable that becomes hidden.
    return JSON.stringify([destination.address, ...immutablesOf(entry)]);
  } catch (cause) {
    if (detailOf(cause) === undefined) throw cause;
    return undefined;
  }
}

function immutablesOf(entry: DeliveryState): unknown[] {
  const named = destinationIn(entry);
  if (named === undefined) return [];
  const { immutable = [] } = named.record;
  const settings = withDefaults(named.record, named.written);
  return immutable.map((name) => canonicalSetting(name, settings[name]));
}

/** The settings stay as they were: differences in them are changed in place. */
function spelledLike(before: DeliveryState, now: DeliveryState): DeliveryState {
  const named = destinationIn(now);
  if (named === undefined) return before;
  const { record, written } = named;
  const place = record.place.map((name) => [name, written[name]] as const);
  return withAttributes(before, Object.fromEntries(place));
}
