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
import { foreseenKey } from "./key";
import type { DestinationMemory, TokenMemory } from "./private-state";
import type { AccessTokenConfig, AccessTokenState, DeliveryState } from "./schema";

/** A token as a plan is about to leave it. */
export interface ForeseenToken {
  readonly planned: AccessTokenConfig;
  /** Null, as the memory, for one that is to be created. */
  readonly prior: AccessTokenState | null;
  readonly memory: TokenMemory | null;
  /** Whether somebody declared what needs a new token, and not only its time has come. */
  readonly isDeclared: boolean;
}

interface ForeseenEntry {
  readonly at: number;
  readonly entry: DeliveryState;
  readonly remembered: DestinationMemory | undefined;
}

/** What makes no token to be delivered, but must not be shared whether or not anything changes. Asks nothing. */
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

/** Where a new token cannot be delivered, as far as reading tells. */
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

/** Those that are known wholly; others are checked once they are. */
function knownEntries({ planned, prior, memory }: ForeseenToken): ForeseenEntry[] {
  if (isUnknown(planned.deliver_to)) return [];
  const before = (prior?.deliver_to ?? []).map(identityOf);
  return (planned.deliver_to ?? []).flatMap((written, at) => {
    if (holdsUnknown(written)) return [];
    const entry = written as DeliveryState;
    return [{ at, entry, remembered: memory?.destinations[before.indexOf(identityOf(entry))] }];
  });
}

/** Two declarations, or two entries of one, that lead to the same place. */
class SharedPlaces {
  private readonly seen: { readonly at: number; readonly placed: PlacedDestination }[] = [];
  /** Undefined where it may become the token of another account, and then of another key. */
  private readonly holder: string | undefined;

  constructor(
    { planned, memory }: ForeseenToken,
    private readonly context: Context,
  ) {
    const isOpen = memory !== null && isUnknown(planned.service_account_id);
    // Where the account is made by this same apply, its other words tell the declaration from others.
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

/** Its project or group may be gone by now. */
function place(
  { at, entry, remembered }: ForeseenEntry,
  context: Context,
): Promise<PlacedDestination> {
  const summary = `Cannot find destination ${at + 1} of deliver_to`;
  return attempt(summary, () => placeDestination(entry, remembered, context), ["deliver_to", at]);
}

/** A project or group that has had a value is looked for by its number: it may have another path by now. */
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

/** Of an account that this same apply makes, the stack is known: no token of it has delivered anywhere yet. */
function ownershipKey({ planned, memory }: ForeseenToken, context: Context): string | undefined {
  const { stack } = context;
  if (stack === null) return undefined;
  return (
    foreseenKey(planned, memory, context) ?? markerKey({ accountId: "", stack, tokenName: "" })
  );
}

/**
 * A plan is refused where its declaration is wrong. A warning must do where another machine or login may find it
 * otherwise, and where only the time has come: one destination in trouble must not keep a run from all others.
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
    ? "The apply makes no token if it finds the same; it may find something else on another machine, with another login, or once it has made what is missing here."
    : "As long as that is so, the apply makes no new token, and the present one stays.";
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
    `Another glsa_access_token of this run also delivers to ${label}, and they would overwrite each other. Give each its own.`,
    ["deliver_to", at],
  );
}

export function repeatedDestination(label: string, first: number, at: number): Diagnostic {
  return error(
    "repeated-destination",
    "A token lists one destination twice",
    `deliver_to[${first}] and deliver_to[${at}] are both ${label}, perhaps under two spellings. Remove one of them.`,
    ["deliver_to", at],
  );
}
