import type { Destination, NewValue, Restore } from "../../destinations/destination";
import { DeliveryError } from "../../destinations/errors";
import { isGitLabError, type NewTokenEntity, type TokenEntity } from "../../gitlab";
import { secrets } from "../../http";
import { InvisibleError } from "../../inventory";
import {
  fingerprint,
  readMarker,
  type AccountId,
  type Code,
  type GranularScope,
  type Marker,
} from "../../model";
import { DiagnosticError, error, placeOfFailure } from "../../provider/contract";
import { accountLabel } from "../shared/account-label";
import type { Context } from "../shared/context";
import type { PlacedDestination } from "./destinations";
import { newValueFor, type FormatWords } from "./format-words";
import { whyChanged } from "./observe";
import { isMarkedWith } from "./ownership";
import { verifyToken } from "./verify";

/** The next token of a declaration, before it is created. */
export interface Generation {
  readonly account: AccountId;
  readonly name: string;
  readonly description: string | null;
  /** Null for a fine-grained token, which has permissions. */
  readonly scopes: readonly string[] | null;
  readonly permissions: readonly GranularScope[] | null;
  /** Null for a token that never expires. */
  readonly expiresAt: string | null;
  readonly marker: Marker;
  /** Only for the token's marker. The fingerprint of a delivered value must stay readable for every state. */
  readonly origin: Required<Pick<Marker, "origin" | "isFirst">>;
  readonly destinations: readonly PlacedDestination[];
  /** What the forms of the destinations say of the token beside its value. */
  readonly words: FormatWords;
}

/** This run was suspended, or lost its lock, and another one has created a newer token of the same declaration. */
export class OvertakenError extends DiagnosticError {}

/**
 * Checked before each delivery: an older value must not overwrite a newer one, not even one that has been revoked
 * since. The older token may be near its expiry, or its overlap over.
 */
async function refuseOvertaken(
  token: NewTokenEntity,
  { account, name, marker, origin }: Generation,
  context: Context,
): Promise<void> {
  const newest = await context.inventory.tokens.newest(account);
  const isOurs = (other: TokenEntity) =>
    isMarkedWith(other, marker.key) &&
    readMarker(other.description ?? null)?.origin === origin.origin;
  const newer = newest.find((other) => other.id > token.id && isOurs(other));
  if (newer === undefined) return;
  throw new OvertakenError(
    error(
      "overtaken-by-another-run",
      `Another run has replaced token "${name}" meanwhile`,
      `While this run was delivering token ${token.id} of ${accountLabel(account, context)}, another one created token ${newer.id}. ` +
        `Nothing of it was overwritten. Allow one run at a time, with a lock that holds; the next apply finds the ` +
        `leftover token by its marker and revokes it.`,
    ),
  );
}

/** A destination that may not hold the new value. */
export interface FailedDelivery {
  readonly placed: PlacedDestination;
  readonly cause: DeliveryError;
}

/** The code of the error that reports failed deliveries. */
export function deliveryCode(causes: readonly DeliveryError[]): Code {
  return causes.some((cause) => cause.isUnexpected)
    ? "delivery-failed-unexpectedly"
    : "delivery-incomplete";
}

interface Delivery {
  readonly placed: PlacedDestination;
  /** Undefined if the previous value cannot be put back. */
  readonly restore: Restore | undefined;
}

/**
 * Delivers a new value to every destination. At the first failure every value is put back and the failure is thrown. If
 * a value cannot be put back, the round continues and returns the destinations that failed. The new token must then
 * stay alive, since a consumer may hold it, and so must the old one.
 */
export async function deliverEverywhere(
  token: NewTokenEntity,
  generation: Generation,
  context: Context,
): Promise<FailedDelivery[]> {
  // Destinations that can be put back come first, so that a later failure does no harm.
  const waiting = [...generation.destinations].sort(
    (left, right) => Number(right.destination.canRestore) - Number(left.destination.canRestore),
  );
  const done: Delivery[] = [];
  const failures: FailedDelivery[] = [];
  for (const placed of waiting) {
    const cause = await deliverTo(placed, token, generation, done, context);
    if (cause === undefined) continue;
    if (failures.length > 0 || mayHold(placed, cause, done)) {
      failures.push({ placed, cause });
      continue;
    }
    const { putBack, obstacle } = await undo(done);
    if (putBack.length === done.length) throw cause;
    failures.push({ placed, cause: withObstacle(cause, obstacle) });
    failures.push(
      ...putBack
        .filter((restored) => restored !== placed)
        .map((restored) => ({ placed: restored, cause: wasPutBack(restored) })),
    );
  }
  return failures;
}

/** Undefined if the destination holds the new value, which is read back if possible. */
async function deliverTo(
  placed: PlacedDestination,
  token: NewTokenEntity,
  generation: Generation,
  done: Delivery[],
  context: Context,
): Promise<DeliveryError | undefined> {
  const { destination } = placed;
  const { account } = generation;
  try {
    // The process may have been suspended since the last step, as on laptops and frozen runners.
    await refuseOvertaken(token, generation, context);
    await refuseDead(token, { account, destination }, context);
    // An old address of this token may be removing its value there at the same time.
    const newValue = newValueFor(placed, token, generation);
    const restore = await context.claims.exclusively(destination.address, () =>
      destination.deliver(newValue),
    );
    done.push({ placed, restore });
    await readBack(destination, newValue);
    return undefined;
  } catch (cause) {
    if (cause instanceof OvertakenError) throw cause;
    return asDeliveryError(destination, cause);
  }
}

/**
 * Every failure must end this delivery only: the new token may be in use elsewhere, and revoking it would lock the
 * consumer out.
 */
function asDeliveryError({ label }: Destination, cause: unknown): DeliveryError {
  if (cause instanceof DeliveryError) return cause;
  // Destinations report their own failures. This one comes from a request that was sent before.
  if (isGitLabError(cause) || cause instanceof InvisibleError) {
    return new DeliveryError(label, cause.message, cause.remedy);
  }
  const failure = cause instanceof Error ? cause : new Error(String(cause));
  return new DeliveryError(
    label,
    `it failed for a reason that glsa does not know (${placeOfFailure(failure)}: ${secrets.hide(failure.message)})`,
    "Whether the value arrived is unknown. Apply again: another token is delivered everywhere. If it fails again, " +
      "report this text, with glsa's version and the kind of destination.",
    { mayHoldValue: true, isUnexpected: true },
  );
}

async function refuseDead(
  token: NewTokenEntity,
  { account, destination }: { readonly account: AccountId; readonly destination: Destination },
  context: Context,
): Promise<void> {
  try {
    await verifyToken(token, account, context);
  } catch (cause) {
    if (!isGitLabError(cause) && !(cause instanceof DiagnosticError)) throw cause;
    throw new DeliveryError(
      destination.label,
      `the new token does not work (${cause.message})`,
      "It was not delivered there. Apply again: another token is created.",
    );
  }
}

async function readBack(destination: Destination, { tokenId, value }: NewValue): Promise<void> {
  const delivered = { tokenId, fingerprint: fingerprint(value) };
  if (whyChanged(await destination.observe(delivered), destination.label) === null) return;
  throw new DeliveryError(
    destination.label,
    "it does not hold the value that was just delivered",
    "Something else writes to it at the same time. Find the other writer, and apply again.",
  );
}

/** A completed delivery was put back; an interrupted one may have taken effect. */
function mayHold(
  placed: PlacedDestination,
  cause: DeliveryError,
  done: readonly Delivery[],
): boolean {
  return cause.mayHoldValue && !done.some((delivery) => delivery.placed === placed);
}

interface Undone {
  /** The destinations that hold their old value again. */
  readonly putBack: readonly PlacedDestination[];
  /** Why the others do not. */
  readonly obstacle: string;
}

async function undo(done: readonly Delivery[]): Promise<Undone> {
  const lasting = done.filter(({ restore }) => restore === undefined);
  if (lasting.length > 0) {
    const labels = lasting.map(({ placed }) => placed.destination.label).join(", ");
    return { putBack: [], obstacle: `the previous value of ${labels} cannot be read` };
  }
  const putBack: PlacedDestination[] = [];
  for (const { placed, restore } of [...done].reverse()) {
    try {
      await restore?.();
      putBack.push(placed);
    } catch (cause) {
      return { putBack, obstacle: cause instanceof Error ? cause.message : String(cause) };
    }
  }
  return { putBack, obstacle: "" };
}

function withObstacle(cause: DeliveryError, obstacle: string): DeliveryError {
  const { destination, message, remedy } = cause;
  const failure = message.slice(`${destination}: `.length);
  const why = `${failure}; what was delivered before it could not be put back: ${obstacle}`;
  return new DeliveryError(destination, why, remedy, cause);
}

function wasPutBack({ destination }: PlacedDestination): DeliveryError {
  return new DeliveryError(
    destination.label,
    "another delivery failed, so that its old value was put back",
    "The next apply delivers a new value everywhere.",
  );
}
