import type { Observation } from "../../destinations/destination";
import { DeliveryError } from "../../destinations/errors";
import { isGitLabError } from "../../gitlab";
import { InvisibleError } from "../../inventory";
import { warning, type Diagnostic } from "../../provider/contract";
import type { Context } from "../shared/context";
import { detailOf } from "../shared/failures";
import { deliveredTo, placeDestination, withAttributes } from "./destinations";
import type { DestinationMemory, TokenMemory } from "./private-state";
import type { AccessTokenState, DeliveryState } from "./schema";

export interface ObservedDestinations {
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
