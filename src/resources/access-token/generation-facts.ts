import type { AccountId, Marker } from "../../model";
import type { PlacedDestination } from "./destinations";
import type { FormatWords } from "./format-words";

/** The next token of a declaration, before it is created. */
export interface Generation {
  readonly account: AccountId;
  readonly name: string;
  readonly description: string | null;
  readonly scopes: readonly string[];
  /** Null for a token that never expires. */
  readonly expiresAt: string | null;
  readonly marker: Marker;
  /** Only for the token's marker. The fingerprint of a delivered value must stay readable for every state. */
  readonly origin: Required<Pick<Marker, "origin" | "isFirst">>;
  readonly destinations: readonly PlacedDestination[];
  /** What the forms of the destinations say of the token beside its value. */
  readonly words: FormatWords;
}
