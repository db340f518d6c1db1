import type { ValueNote } from "../delivery-note";
import type { DestinationSettings, NewValue } from "../destination";

/** What a place holds. `absent`: nothing that a consumer could read. `hidden`: it cannot be read by this login, or by any. */
export type Content =
  | { readonly kind: "absent" }
  | { readonly kind: "hidden" }
  | { readonly kind: "text"; readonly text: string };

/** What was found where a token's value goes. */
export interface Found {
  /** The text that says whose the value is. */
  readonly note: string | undefined;
  /** Reads the value, where that was not done yet. */
  content(): Promise<Content>;
  /**
   * Whether the place holds the value of this token, as far as that can be told without reading it. Undefined where
   * it cannot.
   */
  evidence?(tokenId: number, note: ValueNote): Promise<boolean | undefined>;
  /** Settings that differ from what is declared. */
  readonly differing?: DestinationSettings;
}

/** Where a kind of destination keeps values; `StoredValue` makes a destination of it. Every failure is a `StoreError`. */
export interface Store<F extends Found = Found> {
  readonly label: string;
  /** The same for two declarations that would overwrite each other. */
  readonly address: string;
  /** Known for certain after `look`. */
  readonly canRestore: boolean;
  /** Asks only, and refuses a place that can never be as declared. Undefined where there is nothing. */
  look(): Promise<F | undefined>;
  /**
   * Called before a token is minted: refuses what `write` would be refused, and changes nothing that consumers read.
   * @param claim a note without a token, for what is made here
   */
  prepare(found: F | undefined, claim: string): Promise<void>;
  /** Writes the note first if it is beside the value, so that a killed run recognises its own value. */
  write(value: NewValue, note: string, before: F | undefined): Promise<void>;
  /** Puts back what was there, unless something else wrote since. */
  restore(before: F | undefined, written: NewValue): Promise<void>;
  applySettings(): Promise<void>;
  /** Puts away older values, but for those of these tokens. */
  tidy?(living: readonly number[]): Promise<void>;
  /** Takes the value away. */
  remove(found: F): Promise<void>;
}
