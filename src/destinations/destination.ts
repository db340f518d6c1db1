import type { GitLab } from "../gitlab";
import type { Inventory } from "../inventory";
import type { Container, Marker } from "../model";
import type { Written } from "./record";

/** What a destination receives: a token's value, in the form that `format` asks for. */
export interface NewValue {
  /** All of it as one text. Its fingerprint tells it from any other; a form with keys is a JSON object here. */
  readonly value: string;
  /** By key, where the form has keys; destinations that have keys hold these, as `textOfEntries` compares them. */
  readonly entries?: Readonly<Record<string, string>>;
  readonly tokenId: number;
  /** First day on which the token does not work, YYYY-MM-DD; null or absent for one that never expires. */
  readonly expiresAt?: string | null;
  readonly marker: Marker;
}

/** What a declaration knows of the value that it delivered last. */
export interface Delivered {
  readonly tokenId: number;
  /** Of the whole text that was delivered. Unknown after an import, until the first delivery. */
  readonly fingerprint: string | null;
}

/** By what a declaration may overwrite what is there. */
export interface Ownership {
  /** The marker's key. */
  readonly key: string;
  /** A value that was changed by hand where this declaration delivers is put right, not respected. */
  readonly deliveredBefore: boolean;
}

/** What a destination holds, compared with what was delivered. */
export type Observation =
  | { readonly kind: "unchanged" }
  /** Its settings, such as `protected`, differ from what was declared; the value is right. */
  | { readonly kind: "settings_changed"; readonly settings: DestinationSettings }
  | { readonly kind: "value_changed" }
  | { readonly kind: "missing" }
  /** Nothing can be reported, and nothing is done about it. */
  | { readonly kind: "not_comparable" };

/** Settings that can be changed in place, by the names they have in `deliver_to`. */
export type DestinationSettings = Readonly<
  Record<string, boolean | string | Readonly<Record<string, string>>>
>;

/** Puts back what a destination held before. */
export type Restore = () => Promise<void>;

/** What a destination works with. */
export interface DestinationHost {
  readonly gitlab: GitLab;
  readonly inventory: Inventory;
}

/** What the file `implementation` of a kind's folder exports. */
export interface Implementation {
  /**
   * @param settings with the record's defaults
   * @param container where it is, of a kind that is in a project or group
   */
  place(settings: Written, host: DestinationHost, container: Container | null): Destination;
}

/**
 * One place that a token's value goes to. Every error is a `DeliveryError`, and none holds a value.
 */
export interface Destination {
  /** Such as `CI/CD variable "DEPLOY_TOKEN" of project 7`. */
  readonly label: string;
  /** The same for two declarations that would overwrite each other. */
  readonly address: string;
  /** Further names of the same place, as far as they can be told. */
  readonly aliases?: readonly string[];
  /** Whether the value that is there now can be read, so that a delivery can be undone. */
  readonly canRestore: boolean;
  /** Called before a token is minted: refuses what `deliver` would be refused. */
  check(claim: Ownership): Promise<void>;
  /** Called in plans: as much of `check` as changes nothing. Absent where that is all of it. */
  foresee?(claim: Ownership): Promise<void>;
  /** Answers how to undo it; undefined where that cannot be. */
  deliver(value: NewValue): Promise<Restore | undefined>;
  observe(delivered: Delivered): Promise<Observation>;
  /** Makes the settings as declared, without touching the value. */
  applySettings(): Promise<void>;
  /**
   * Puts away what the place keeps of older values, but for those of these tokens. Absent where it keeps none, or where
   * the service does so itself.
   */
  tidy?(living: readonly number[]): Promise<void>;
  /** Removes the value if it is still the delivered one. */
  remove(delivered: Delivered): Promise<void>;
}
