import type { Delivered, Destination, DestinationHost } from "../../destinations/destination";
import {
  destinationIn,
  identityOf,
  identityParts,
  withDefaults,
  type Entry,
} from "../../destinations/entry";
import { formatOf, type Format } from "../../destinations/format/record";
import { IMPLEMENTATIONS } from "../../destinations/implementations";
import type { Written } from "../../destinations/record";
import type { Container } from "../../model";
import { holdsUnknown, isUnknown, UNKNOWN, type Unknown } from "../../provider/contract";
import { containerSpelling, type ContainerSpelling } from "../shared/container-spelling";
import type { Context } from "../shared/context";
import type { DestinationMemory, TokenMemory } from "./private-state";
import type { AccessTokenConfig, AccessTokenState, DeliveryState } from "./schema";

export interface PlacedDestination {
  readonly destination: Destination;
  /** The form in which it receives values. */
  readonly format: Format;
  /** Hashes of what it received in that form, by token number. */
  readonly contents: Readonly<Record<string, string>>;
  /** The number of a CI/CD variable's project or group. */
  readonly containerId: number | null;
  readonly keepOnDestroy: boolean;
  /** Whether the previous generation was delivered there too. */
  readonly deliveredBefore: boolean;
  /** Whether the last delivery there failed, so that it may hold an older value. */
  readonly failedBefore: boolean;
}

/**
 * The destination for an entry of `deliver_to`. Loads its implementation. The container's number is looked up once,
 * then remembered.
 */
export async function placeDestination(
  entry: DeliveryState,
  memory: DestinationMemory | undefined,
  context: DestinationHost,
): Promise<PlacedDestination> {
  const named = destinationIn(entry);
  if (named === undefined) throw new Error("an entry of deliver_to names no destination");
  const settings = withDefaults(named.record, named.written);
  const container = named.record.inContainer ? await containerOf(entry, memory, context) : null;
  const implementation = await IMPLEMENTATIONS[named.kind as keyof typeof IMPLEMENTATIONS]();
  return {
    destination: implementation.place(settings, context, container),
    format: formatOf(settings),
    contents: memory?.contents ?? {},
    containerId: container?.id ?? null,
    keepOnDestroy: settings["on_destroy"] === "keep",
    deliveredBefore: memory?.delivered ?? false,
    failedBefore: (memory?.failed ?? null) !== null,
  };
}

/** What a destination received when a token's value was delivered there. */
export function deliveredTo({ format, contents }: PlacedDestination, token: Delivered): Delivered {
  if (format.name === "value") return token;
  return { ...token, fingerprint: contents[String(token.tokenId)] ?? null };
}

async function containerOf(
  entry: DeliveryState,
  memory: DestinationMemory | undefined,
  context: DestinationHost,
): Promise<Container> {
  const spelled = destinationContainer(entry);
  if (spelled === undefined) throw new Error("a destination names no project or group");
  const { kind, spelling } = spelled;
  const id = memory?.containerId ?? (await context.inventory.containers.resolve(kind, spelling)).id;
  return { kind, id };
}

/** The project or group that an entry names. Undefined for a destination outside of GitLab. */
export function destinationContainer(entry: Entry): ContainerSpelling | undefined {
  const named = destinationIn(entry);
  if (!named?.record.inContainer) return undefined;
  const { group, project } = named.written;
  return containerSpelling({ group, project });
}

/** An entry, with some attributes of its destination replaced by their current values. */
export function withAttributes(entry: DeliveryState, now: Written): DeliveryState {
  const named = destinationIn(entry);
  return named === undefined ? entry : { ...entry, [named.kind]: { ...named.written, ...now } };
}

/** False if another declaration of this run delivers there, under any name of the destination. */
export function holdDestination(
  destination: Destination,
  holder: string,
  { claims }: Context,
): boolean {
  return namesOf(destination).every((name) => claims.holdDestination(name, holder));
}

/** Whether a delivery to one overwrites the value in the other. */
export function isSamePlace(one: Destination, other: Destination): boolean {
  const names = namesOf(other);
  return namesOf(one).some((name) => names.includes(name));
}

function namesOf({ address, aliases = [] }: Destination): string[] {
  return [address, ...aliases];
}

/** Whether an entry may turn out to be another destination than before. */
export function identityIsOpen(written: Entry | Unknown): boolean {
  if (isUnknown(written) || Object.values(written).some(isUnknown)) return true;
  return holdsUnknown(identityParts(written));
}

/** In the order of `deliver_to`. */
export function placeAll(
  wanted: AccessTokenState,
  prior: AccessTokenState | undefined,
  memory: TokenMemory | undefined,
  context: Context,
): Promise<PlacedDestination[]> {
  const before = (prior?.deliver_to ?? []).map(identityOf);
  return Promise.all(
    (wanted.deliver_to ?? []).map((entry) =>
      placeDestination(entry, memory?.destinations[before.indexOf(identityOf(entry))], context),
    ),
  );
}

/** Removes this declaration's values, of any generation, from destinations that are no longer declared. */
export async function removeDropped(
  prior: AccessTokenState,
  wanted: Pick<AccessTokenState, "deliver_to">,
  memory: TokenMemory | undefined,
  context: Context,
): Promise<void> {
  const kept = new Set((wanted.deliver_to ?? []).map(identityOf));
  const present = { tokenId: prior.token_id ?? 0, fingerprint: prior.fingerprint };
  const older = Object.entries(memory?.fingerprints ?? {}).map(([tokenId, fingerprint]) => ({
    tokenId: Number(tokenId),
    fingerprint,
  }));
  for (const [at, entry] of (prior.deliver_to ?? []).entries()) {
    if (kept.has(identityOf(entry))) continue;
    const placed = await placeDestination(entry, memory?.destinations[at], context);
    if (placed.keepOnDestroy) continue;
    const { destination } = placed;
    await context.claims.exclusively(destination.address, async () => {
      await destination.remove(deliveredTo(placed, present));
      for (const token of older) await removeIfHeld(destination, deliveredTo(placed, token));
    });
  }
}

/** An interrupted round of deliveries may have left an older value there. */
async function removeIfHeld(destination: Destination, delivered: Delivered): Promise<void> {
  const { kind } = await destination.observe(delivered);
  if (kind === "unchanged" || kind === "settings_changed") await destination.remove(delivered);
}

type Entries = AccessTokenConfig["deliver_to"];
type Ids = AccessTokenConfig["destination_ids"];

/**
 * A number for each destination, in the order of `deliver_to`. A destination keeps its number however it is written, so
 * that a reader of a plan can tell a destination that is written differently from one that is replaced. The numbers
 * start at 1 for each token and do not depend on the destination itself: another machine may resolve a path or an
 * address differently.
 * @param prior written as in `written` for the same destinations
 */
export function destinationIds(
  written: Entries,
  prior: Pick<AccessTokenState, "deliver_to" | "destination_ids"> | null,
): Ids {
  if (isUnknown(written)) return UNKNOWN;
  const entries = written ?? [];
  const known = prior?.deliver_to ?? [];
  const numbers = known.map((_, at) => prior?.destination_ids?.[at] ?? at + 1);
  if (known.length > 0 && entries.some((entry) => isUnknown(entry) || identityIsOpen(entry))) {
    return UNKNOWN;
  }
  const before = known.map(identityOf);
  let last = Math.max(0, ...numbers);
  return entries.map((entry) => {
    const at = isUnknown(entry) ? -1 : before.indexOf(identityOf(entry));
    return numbers[at] ?? ++last;
  });
}

/** As planned, or counted now if the plan could not do it. */
export function settledIds(
  planned: Pick<AccessTokenConfig, "deliver_to" | "destination_ids">,
  prior: AccessTokenState | null,
): AccessTokenState["destination_ids"] {
  const { deliver_to: written, destination_ids: ids } = planned;
  const settled = isUnknown(ids) ? destinationIds(written, prior) : ids;
  return settled as AccessTokenState["destination_ids"];
}
