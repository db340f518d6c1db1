import type { UtcDate } from "../../model";
import type { PrivateState } from "../../provider/contract";

/** What a token resource stores beside its state. */
export interface TokenMemory {
  /** The marker's key. Renames keep it. Empty for an imported token that no stack has marked. */
  readonly key: string;
  /** The observation of each destination in the last read, in the order of `deliver_to`. */
  readonly destinations: readonly DestinationMemory[];
  /** Set by an import or a moved block, until the first change: the configuration describes an existing object. */
  readonly imported: boolean;
  /** The day that `rotation.every` counts from. Null for an imported token, which lasts until its own expiry. */
  readonly countedFrom: UtcDate | null;
  /** Whether the token was made under `rotation.spread`; one that was made before keeps its date. Absent if not. */
  readonly isSpread?: boolean;
  /** What the last read, or the apply itself, observed of the server. Plans have no other clock. */
  readonly observed: ServerObservation | null;
  /** Whether this run rotates the token if it is due. Absent where the policy sets no limit. */
  readonly turn?: "now" | "later";
  /** Set if the account was blocked when the last read saw that a new token is needed. */
  readonly isSuspended?: true;
  /** Hashes of the values of replaced tokens that are still alive, by token number. */
  readonly fingerprints: Readonly<Record<string, string>>;
  /** The highest generation among the leftovers that the last read found. */
  readonly strayGeneration: number;
  /** When those were last used, by number. Absent if there are none. */
  readonly strayUses?: Readonly<Record<string, string | null>>;
  /** In the marker of every token that this state creates. Absent until a version that writes it has created one. */
  readonly origin?: string;
  /** When this state's tokens without a marker were created, by number. Absent in states of earlier versions. */
  readonly unmarked?: Readonly<Record<string, string>>;
  /** Marked tokens that another state may have created, as of the last read. */
  readonly others?: readonly number[];
}

/** For a token that was created elsewhere and imported or moved here. */
export const IMPORTED: TokenMemory = {
  key: "",
  destinations: [],
  imported: true,
  countedFrom: null,
  observed: null,
  fingerprints: {},
  strayGeneration: 0,
};

export interface DestinationMemory {
  /** The number of a CI/CD variable's project or group. */
  readonly containerId: number | null;
  /** Whether this declaration has written a value there. False after an import. */
  readonly delivered: boolean;
  /** Why the value there is not the delivered one. Null if it is. */
  readonly changed: string | null;
  /** Why the last delivery there failed. Null if it did not. */
  readonly failed: string | null;
  /** Hashes of what was delivered, by token number. Absent where it was the bare value, whose hash is in the state. */
  readonly contents?: Readonly<Record<string, string>>;
}

export interface ServerObservation {
  /** The server's clock, ISO 8601. */
  readonly at: string;
  /** The token that the run authenticated with. Null if it was not needed. */
  readonly ownTokenId: number | null;
  /** Null if the instance sets no limit. */
  readonly maxLifetimeDays: number | null;
}

export function toPrivateState(memory: TokenMemory): PrivateState {
  return { ...memory };
}

/** Undefined if nothing was stored yet. */
export function fromPrivateState(state: PrivateState | null): TokenMemory | undefined {
  return state === null || typeof state["key"] !== "string"
    ? undefined
    : (state as unknown as TokenMemory);
}
