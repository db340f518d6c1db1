import { decide, type AccountId, type Holding } from "../../model";
import { DiagnosticError } from "../../provider/contract";
import type { Context } from "../shared/context";
import { serverNow } from "../shared/server-clock";
import { crowdedError } from "./crowded";
import type { PlacedDestination } from "./destinations";
import { lookAtHoldings, type SeenHoldings } from "./holdings";
import { retirementPolicy } from "./policy";
import { retire } from "./retire";
import { seenSituation } from "./situation";
import { without, type Stock } from "./stock";
import type { AccessTokenConfig, AccessTokenState } from "./schema";
import type { TokenMemory } from "./private-state";

export interface Renewal {
  readonly planned: AccessTokenConfig;
  readonly account: AccountId;
  readonly key: string;
  /** Both absent when the object is created. */
  readonly prior?: AccessTokenState;
  readonly memory?: TokenMemory;
}

/** The live tokens, if another token may be created. */
export interface Room {
  readonly stock: Stock;
  /** Older tokens that a destination has held until now, whenever their overlap began. */
  readonly held: ReadonlySet<number>;
}

/**
 * Revokes old tokens before a new one is created, so that no more tokens are alive than needed. Refuses if there would
 * be too many.
 */
export async function makeRoom(
  stock: Stock,
  { renewal, destinations }: { renewal: Renewal; destinations: readonly PlacedDestination[] },
  context: Context,
): Promise<Room> {
  if (stock.previous.length + stock.strays.length === 0) return { stock, held: new Set() };
  const { holdings, held } = await holdingsBefore(stock, { renewal, destinations });
  const untouchable = new Set<number>();
  const ownTokenId = await context.gitlab.ownTokenId();
  if (ownTokenId !== undefined) untouchable.add(ownTokenId);
  let left = stock;
  for (;;) {
    const leaving = await whatLeaves(left, { renewal, holdings, untouchable }, context);
    if (leaving.length === 0) return { stock: left, held };
    const { revoked } = await retire(renewal.account, leaving, context);
    left = without(left, revoked);
    for (const id of leaving) if (!revoked.has(id)) untouchable.add(id);
  }
}

async function holdingsBefore(
  { previous, strays }: Stock,
  {
    renewal: { prior, memory },
    destinations,
  }: { readonly renewal: Renewal; readonly destinations: readonly PlacedDestination[] },
): Promise<Pick<SeenHoldings, "holdings" | "held">> {
  if (prior === undefined) return { holdings: [], held: new Set() };
  const ids = [...previous.map((entry) => entry.token_id ?? 0), ...strays.map(({ id }) => id)];
  const fingerprintOf = (id: number) => memory?.fingerprints[String(id)] ?? null;
  const older = ids.map((tokenId) => ({ tokenId, fingerprint: fingerprintOf(tokenId) }));
  return lookAtHoldings(destinations, prior, older);
}

async function whatLeaves(
  stock: Stock,
  {
    renewal: { planned, prior },
    holdings,
    untouchable,
  }: {
    readonly renewal: Renewal;
    readonly holdings: readonly Holding[];
    readonly untouchable: ReadonlySet<number>;
  },
  context: Context,
): Promise<readonly number[]> {
  const wanted = planned as AccessTokenState;
  const situation = seenSituation({
    now: await serverNow(context),
    policy: retirementPolicy(wanted.rotation),
    stock,
    presentId: prior?.token_id ?? null,
    holdings,
    leaked: wanted.revoke_now,
    untouchable,
    isFurtherPlanned: true,
  });
  const { step, revoke } = decide(situation);
  if (step !== "make") {
    throw new DiagnosticError(
      crowdedError({ ...(prior ?? wanted), previous: [...stock.previous] }, context),
    );
  }
  return revoke;
}
