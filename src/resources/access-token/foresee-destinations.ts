import type { Ownership } from "../../destinations/destination";
import { destinationIn, identityOf } from "../../destinations/entry";
import { DeliveryError } from "../../destinations/errors";
import { markerKey } from "../../model";
import {
  error,
  holdsUnknown,
  isUnknown,
  warning,
  type AttributePath,
  type Diagnostic,
} from "../../provider/contract";
import { foreseeContainer } from "../shared/container-attributes";
import type { Context } from "../shared/context";
import { attempt, detailOf } from "../shared/failures";
import { known } from "../shared/problems";
import {
  destinationContainer,
  holdDestination,
  isSamePlace,
  placeDestination,
  type PlacedDestination,
} from "./destinations";
import { refuseWithoutRegistry } from "./format-words";
import { foreseenKey } from "./ownership";
import type { DestinationMemory, TokenMemory } from "./private-state";
import type { AccessTokenConfig, AccessTokenState, DeliveryState } from "./schema";

/** A token in its planned state. */
export interface ForeseenToken {
  readonly planned: AccessTokenConfig;
  /** Null, like the memory, for a token that is created. */
  readonly prior: AccessTokenState | null;
  readonly memory: TokenMemory | null;
  /** Whether the declaration requires a new token, and not only the schedule. */
  readonly isDeclared: boolean;
}

interface ForeseenEntry {
  readonly at: number;
  readonly entry: DeliveryState;
  readonly remembered: DestinationMemory | undefined;
}

/** What applies even if no token is created or delivered: destinations must not be shared. Sends no requests. */
export async function sharingErrors(
  foreseen: ForeseenToken,
  context: Context,
): Promise<Diagnostic[]> {
  if (foreseenKey(foreseen.planned, foreseen.memory, context) === undefined) return [];
  const shared = new SharedPlaces(foreseen, context);
  const errors: Diagnostic[] = [];
  for (const entry of knownEntries(foreseen)) {
    if (entry.remembered === undefined) continue;
    errors.push(...shared.errors(entry.at, await place(entry, context)));
  }
  return errors;
}

/** The destinations to which a new token cannot be delivered, as far as reads can tell. */
export async function foreseeDestinations(
  foreseen: ForeseenToken,
  context: Context,
): Promise<Diagnostic[]> {
  const shared = new SharedPlaces(foreseen, context);
  const diagnostics: Diagnostic[] = [];
  for (const entry of knownEntries(foreseen)) {
    const { at } = entry;
    const missing = await containerDiagnostics(entry, context);
    diagnostics.push(...missing);
    if (missing.length > 0) continue;
    const placed = await place(entry, context);
    const errors = shared.errors(at, placed);
    diagnostics.push(...errors);
    if (errors.length > 0) continue;
    diagnostics.push(...(await deliveryDiagnostics(foreseen, at, placed, context)));
  }
  return diagnostics;
}

/** Only destinations that are completely known. Others are checked once they are known. */
function knownEntries({ planned, prior, memory }: ForeseenToken): ForeseenEntry[] {
  if (isUnknown(planned.deliver_to)) return [];
  const before = (prior?.deliver_to ?? []).map(identityOf);
  return (planned.deliver_to ?? []).flatMap((written, at) => {
    if (holdsUnknown(written)) return [];
    const entry = written as DeliveryState;
    return [{ at, entry, remembered: memory?.destinations[before.indexOf(identityOf(entry))] }];
  });
}

/** Two declarations, or two entries of one, with the same destination. */
class SharedPlaces {
  private readonly seen: { readonly at: number; readonly placed: PlacedDestination }[] = [];
  /** Undefined if it may become the token of another account, and then of another key. */
  private readonly holder: string | undefined;

  constructor(
    { planned, memory }: ForeseenToken,
    private readonly context: Context,
  ) {
    const isOpen = memory !== null && isUnknown(planned.service_account_id);
    // If this same apply creates the account, its other attributes identify the declaration.
    const key = foreseenKey(planned, memory, context) ?? JSON.stringify(planned);
    this.holder = isOpen ? undefined : key;
  }

  errors(at: number, placed: PlacedDestination): Diagnostic[] {
    const { destination } = placed;
    const twin = this.seen.find((other) => isSamePlace(other.placed.destination, destination));
    this.seen.push({ at, placed });
    if (twin !== undefined) return [repeatedDestination(destination.label, twin.at, at)];
    if (this.holder === undefined) return [];
    if (holdDestination(destination, this.holder, this.context)) return [];
    return [sharedDestination(destination.label, at)];
  }
}

/** Its project or group may have been deleted since. */
function place(
  { at, entry, remembered }: ForeseenEntry,
  context: Context,
): Promise<PlacedDestination> {
  const summary = `Cannot find destination ${at + 1} of deliver_to`;
  return attempt(summary, () => placeDestination(entry, remembered, context), ["deliver_to", at]);
}

/** A project or group that has received a value is looked up by its number: its path may have changed. */
async function containerDiagnostics(
  { at, entry, remembered }: ForeseenEntry,
  context: Context,
): Promise<Diagnostic[]> {
  const written = destinationContainer(entry);
  if (written === undefined) return [];
  const number = remembered?.containerId;
  const spelling = number == null ? written : { ...written, spelling: String(number) };
  const { diagnostics } = await foreseeContainer(spelling, context);
  return diagnostics.map((found) => ({
    ...found,
    path: ["deliver_to", at, destinationIn(entry)?.kind ?? "", spelling.kind],
  }));
}

async function deliveryDiagnostics(
  foreseen: ForeseenToken,
  at: number,
  placed: PlacedDestination,
  context: Context,
): Promise<Diagnostic[]> {
  const { destination, deliveredBefore } = placed;
  const key = ownershipKey(foreseen, context);
  if (key === undefined) return [];
  const claim: Ownership = { key, deliveredBefore };
  try {
    await refuseWithoutRegistry(placed, context);
    await (destination.foresee ? destination.foresee(claim) : destination.check(claim));
    return [];
  } catch (cause) {
    if (!(cause instanceof DeliveryError)) throw cause;
    return [foreseenRefusal(foreseen, cause, ["deliver_to", at])];
  }
}

/** If this same apply creates the account, the stack is enough: no token of it has been delivered yet. */
function ownershipKey({ planned, memory }: ForeseenToken, context: Context): string | undefined {
  const { stack } = context;
  if (stack === null) return undefined;
  return (
    foreseenKey(planned, memory, context) ?? markerKey({ accountId: "", stack, tokenName: "" })
  );
}

/**
 * An error if the declaration is wrong. Only a warning if another machine or login may see it differently, or if only
 * the schedule requires the token: one failing destination must not stop a run for all others.
 */
function foreseenRefusal(
  { planned, isDeclared }: ForeseenToken,
  cause: DeliveryError,
  path: AttributePath,
): Diagnostic {
  const name = known(planned.name) ?? "";
  const detail = detailOf(cause) ?? cause.message;
  if (isDeclared && !cause.isLocal) {
    const summary = `Token "${name}" would be refused by ${cause.destination}`;
    return error("delivery-refused", summary, detail, path);
  }
  const consequence = cause.isLocal
    ? "The apply creates no token if it finds the same. It may find something else on another machine, with another login, or after it has created what is missing here."
    : "Until that changes, the apply creates no new token, and the current one stays.";
  return warning(
    "delivery-doubtful",
    `Token "${name}" could not be delivered to ${cause.destination} now`,
    `${detail} ${consequence}`,
    path,
  );
}

export function sharedDestination(label: string, at: number): Diagnostic {
  return error(
    "shared-destination",
    "Two tokens are delivered to one destination",
    `Another glsa_access_token of this run also delivers to ${label}, and they would overwrite each other. Give each its own destination.`,
    ["deliver_to", at],
  );
}

export function repeatedDestination(label: string, first: number, at: number): Diagnostic {
  return error(
    "repeated-destination",
    "A token lists one destination twice",
    `deliver_to[${first}] and deliver_to[${at}] are both ${label}, perhaps written differently. Remove one of them.`,
    ["deliver_to", at],
  );
}
