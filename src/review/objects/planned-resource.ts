import type { Engine, Others } from "../review";
import type { Values } from "./values";

export type Action =
  | "none"
  | "create"
  | "update"
  | "delete"
  /** The old one is destroyed, whichever comes first. */
  | "replace"
  /** The engine lets go of it; on the server it stays. */
  | "forget"
  /** Another one is made, and the engine lets go of the old one. */
  | "create-and-forget";

/** What an engine would do with one resource of ours or of the official provider. */
export interface PlannedResource {
  /** The engine's own name of it. */
  readonly address: string;
  /** Where it was before, if its address changes. */
  readonly previousAddress?: string;
  /** Terraform's name of the type, on every engine. */
  readonly type: string;
  readonly action: Action;
  readonly isImported: boolean;
  /** Of a replacement: the new one is made before the old one goes. */
  readonly createsFirst: boolean;
  /** Left over from a replacement that was interrupted; it goes now. */
  readonly isLeftover: boolean;
  /** Changed outside of the code already: the apply only writes it into the state. */
  readonly isDrift: boolean;
  /** Null for what does not exist. */
  readonly before: Values | null;
  readonly after: Values | null;
  /** Attributes that the engine says differ, where it does not show how. */
  readonly differing: readonly string[];
  /** The address of the account that an attribute takes its value from, where that is not known yet. */
  readonly refersTo: (attribute: string) => string | undefined;
}

/** An account that the plan knows of without changing it. */
export interface KnownAccount {
  readonly address?: string;
  readonly type: string;
  readonly values: Values;
}

/** A plan as its engine tells it, with nothing sensitive in it. */
export interface PlanReading {
  readonly engine: Engine;
  readonly resources: readonly PlannedResource[];
  readonly knownAccounts: readonly KnownAccount[];
  readonly others: Others;
  readonly remarks: readonly string[];
  /** Whether planning failed, so that the plan does not show all that would change. */
  readonly errored: boolean;
  /** Objects that were deleted outside of the engine, by address. */
  readonly goneMeanwhile: ReadonlySet<string>;
}
