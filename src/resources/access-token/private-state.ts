import type { PrivateState } from "../../provider/contract";

/** What a token resource remembers beside its state. */
export interface TokenMemory {
  /** The marker's key; renames keep it. */
  readonly key: string;
  /** What the last read saw at each destination, in the order of `deliver_to`. */
  readonly destinations: readonly DestinationMemory[];
  /** Set by an import, until the first change: what the configuration says was there before us. */
  readonly imported: boolean;
}

export interface DestinationMemory {
  /** Number of the project or group of a CI/CD variable. */
  readonly containerId: number | null;
  /** Why the value there is not the one that was delivered; null when it is. */
  readonly changed: string | null;
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
