import type { State } from "../../audit";
import type { UtcDate } from "../../model";

/** A state's planned dates for a token. */
export interface TokenSchedule {
  readonly tokenId: number;
  /** The day from which it is due for rotation. */
  readonly rotatesOn: UtcDate | null;
  /** The day from which a replaced token is revoked. */
  readonly revokesOn: UtcDate | null;
}

/** The states' planned dates for the tokens that they declare, and for those that these replaced. */
export function schedulesOf(states: readonly State[]): TokenSchedule[] {
  return states
    .flatMap(({ declarations }) => declarations.tokens)
    .flatMap(({ tokenId, rotatesAt, revocations }) => [
      ...(rotatesAt === undefined ? [] : [{ tokenId, rotatesOn: rotatesAt, revokesOn: null }]),
      ...revocations.map((each) => ({
        tokenId: each.tokenId,
        rotatesOn: null,
        revokesOn: each.on,
      })),
    ]);
}
