import type { UtcDate } from "../../model";
import type { PrivateState } from "../../provider/contract";

/** What a token resource remembers beside its state. */
export interface TokenMemory {
  /** The marker's key; renames keep it. Empty for an imported token that no stack has marked. */
  readonly key: string;
  /** What the last read saw at each destination, in the order of `deliver_to`. */
  readonly destinations: readonly DestinationMemory[];
  /** Set by an import or a moved block, until the first change: what the configuration says was there before us. */
  readonly imported: boolean;
  /** The day that `rotation.every` counts from; null for an imported token, which lasts until its own expiry. */
  readonly countedFrom: UtcDate | null;
  /** What the last read, or the apply itself, saw of the server; plans have no other clock. */
  readonly observed: ServerObservation | null;
  /** Hashes of the values of replaced tokens that are still alive, by token number. */
  readonly fingerprints: Readonly<Record<string, string>>;
  /** The highest generation among the strays that the last read saw. */
  readonly strayGeneration: number;
  /** When those were used last, by number. Absent where there are none. */
  readonly strayUses?: Readonly<Record<string, string | null>>;
  /** In the marker of every token that this state makes. Absent before a version that writes it has made one. */
  readonly origin?: string;
  /** When tokens were made that are ours without our marker, by number. Absent in states of earlier versions. */
  readonly unmarked?: Readonly<Record<string, string>>;
  /** Marked tokens that another state may have made, as the last read saw them. */
  readonly others?: readonly number[];
}

/** Of a token that something else made, as an import and a moved block bring them in. */
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
  /** Number of the project or group of a CI/CD variable. */
  readonly containerId: number | null;
  /** Whether this declaration has put a value there: after an import it has not. */
  readonly delivered: boolean;
  /** Why the value there is not the one that was delivered; null when it is. */
  readonly changed: string | null;
  /** Why the last delivery there failed; null when it did not. */
  readonly failed: string | null;
  /** Hashes of what was delivered, by token number. Absent where it was the bare value, whose hash is in the state. */
  readonly contents?: Readonly<Record<string, string>>;
}

export interface ServerObservation {
  /** The server's clock, ISO 8601. */
  readonly at: string;
  /** The token that the run authenticated with; null where nobody had to know. */
  readonly ownTokenId: number | null;
  /** Null where the instance sets no limit. */
  readonly maxLifetimeDays: number | null;
}

export function toPrivateState(memory: TokenMemory): PrivateState {
  return { ...memory };
}

/** Undefined where nothing was remembered yet. */
export function fromPrivateState(state: PrivateState | null): TokenMemory | undefined {
  return state === null || typeof state["key"] !== "string"
    ? undefined
    : (state as unknown as TokenMemory);
}
