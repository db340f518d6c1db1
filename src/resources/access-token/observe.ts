import type { Delivered, Observation } from "../../destinations/destination";
import { DeliveryError } from "../../destinations/errors";
import { isGitLabError } from "../../gitlab";
import { InvisibleError } from "../../inventory";
import { DEFAULT_MAX_LIFETIME_DAYS, type Holding } from "../../model";
import { warning, type Diagnostic } from "../../provider/contract";
import type { Context } from "../shared/context";
import { detailOf } from "../shared/failures";
import { serverNow } from "../shared/server-clock";
import {
  deliveredTo,
  placeDestination,
  withAttributes,
  type PlacedDestination,
} from "./destinations";
import type { DestinationMemory, ServerObservation, TokenMemory } from "./private-state";
import type { AccessTokenState, DeliveryState } from "./schema";

/** What a plan needs to know of the server besides the token. */
export async function observeServer(
  state: Pick<AccessTokenState, "previous">,
  context: Context,
): Promise<ServerObservation> {
  const waits = (state.previous ?? []).length > 0;
  const ownTokenId = waits ? ((await context.gitlab.ownTokenId()) ?? null) : null;
  const maxLifetimeDays = longestLifetime(await maxLifetime(context), context);
  return { at: (await serverNow(context)).toISOString(), ownTokenId, maxLifetimeDays };
}

/** The maximum lifetime of a new token: the instance's and the policy's. Null if neither sets one. */
function longestLifetime(instances: number | null | undefined, context: Context): number | null {
  const { maxLifetimeDays: policys } = context.rules().policy;
  if (instances === undefined) return policys ?? DEFAULT_MAX_LIFETIME_DAYS;
  if (instances === null || policys === null) return instances ?? policys;
  return Math.min(instances, policys);
}

/** In days. Null if the instance sets none; undefined for callers who are not administrators and cannot read it. */
export async function maxLifetime(context: Context): Promise<number | null | undefined> {
  const settings = await context.gitlab.applicationSettings();
  if (settings?.require_personal_access_token_expiry === false) return null;
  return settings?.max_personal_access_token_lifetime ?? undefined;
}

interface ObservedDestinations {
  readonly deliverTo: AccessTokenState["deliver_to"];
  readonly memory: readonly DestinationMemory[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads every destination of a token and compares it with the delivered value. */
export async function observeDestinations(
  state: AccessTokenState,
  memory: TokenMemory | undefined,
  context: Context,
): Promise<ObservedDestinations> {
  const entries: DeliveryState[] = [];
  const remembered: DestinationMemory[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [at, entry] of (state.deliver_to ?? []).entries()) {
    const seen = await observeEntry(entry, memory?.destinations[at], state, context);
    entries.push(seen.entry);
    remembered.push(seen.memory);
    diagnostics.push(...seen.diagnostics);
  }
  const deliverTo = state.deliver_to === null ? null : entries;
  return { deliverTo, memory: remembered, diagnostics };
}

interface ObservedEntry {
  readonly entry: DeliveryState;
  readonly memory: DestinationMemory;
  readonly diagnostics: readonly Diagnostic[];
}

async function observeEntry(
  entry: DeliveryState,
  before: DestinationMemory | undefined,
  state: AccessTokenState,
  context: Context,
): Promise<ObservedEntry> {
  let containerId = before?.containerId ?? null;
  const delivered = before?.delivered ?? false;
  try {
    const placed = await placeDestination(entry, before, context);
    containerId = placed.containerId;
    const present = { tokenId: state.token_id ?? 0, fingerprint: state.fingerprint };
    const observation = await placed.destination.observe(deliveredTo(placed, present));
    const changed = whyChanged(observation, placed.destination.label);
    const failed = observation.kind === "not_comparable" ? (before?.failed ?? null) : null;
    return {
      entry: withSettings(entry, observation),
      memory: { ...contentsOfLive(before, state), containerId, delivered, changed, failed },
      diagnostics: [],
    };
  } catch (cause) {
    if (!isNotTellable(cause)) throw cause;
    return {
      entry,
      memory: {
        ...contentsOfLive(before, state),
        containerId,
        delivered,
        changed: null,
        failed: before?.failed ?? null,
      },
      diagnostics: [unknownDrift(state, cause)],
    };
  }
}

/** What was delivered of tokens that are gone by now needs no recognising any more. */
function contentsOfLive(
  memory: DestinationMemory | undefined,
  { token_id: present, previous }: AccessTokenState,
): Pick<DestinationMemory, "contents"> {
  if (memory?.contents === undefined) return {};
  const ids = [present, ...(previous ?? []).map((entry) => entry.token_id)].map(String);
  const known = Object.entries(memory.contents).filter(([tokenId]) => ids.includes(tokenId));
  return { contents: Object.fromEntries(known) };
}

/** Why the value there is not the delivered one. Null if it is, or if that cannot be determined. */
export function whyChanged(observation: Observation, label: string): string | null {
  if (observation.kind === "value_changed")
    return `${label} holds another value than the delivered one`;
  if (observation.kind === "missing") return `${label} is missing`;
  return null;
}

/** A manual change is in the state, so that the plan shows how it is corrected. */
function withSettings(entry: DeliveryState, observation: Observation): DeliveryState {
  if (observation.kind !== "settings_changed") return entry;
  return withAttributes(entry, observation.settings);
}

/** A destination that cannot be read says nothing about the token. */
function isNotTellable(cause: unknown): boolean {
  return (
    cause instanceof DeliveryError ||
    cause instanceof InvisibleError ||
    isGitLabError(cause, "unauthorized", "forbidden", "not_found")
  );
}

function unknownDrift(state: AccessTokenState, cause: unknown): Diagnostic {
  return warning(
    "destination-unseen",
    `Cannot check whether token "${state.name}" is still where it was delivered`,
    `${detailOf(cause) ?? String(cause)} Nothing is planned because of this.`,
    ["deliver_to"],
  );
}

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
