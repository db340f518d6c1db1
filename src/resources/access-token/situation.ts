import { identityOf } from "../../destinations/entry";
import {
  decide,
  NO_ROTATION,
  type AccountId,
  type Decision,
  type Holding,
  type OldToken,
  type RetirementPolicy,
  type Situation,
} from "../../model";
import { DiagnosticError, error, isUnknown, type Diagnostic } from "../../provider/contract";
import { accountLabel } from "../shared/account-label";
import type { Context } from "../shared/context";
import { serverNow } from "../shared/server-clock";
import { identityIsOpen, type PlacedDestination } from "./destinations";
import { lookAtHoldings, type SeenHoldings } from "./observe";
import { retire, without, type Stock } from "./old-tokens";
import type { TokenMemory } from "./private-state";
import { isReplacedWhenRevoked, reasonsForNewToken, type Standing } from "./reasons";
import { policyOf, retirementPolicy, rotationDateOf } from "./rotation";
import type { AccessTokenConfig, AccessTokenState, PreviousToken } from "./schema";
import { waitsForTurn } from "./turn";

/** Too many tokens of a declaration are alive, and none of the old ones can be revoked yet. */
export function crowdedError(
  { name, token_id, previous, service_account_id: account }: AccessTokenState,
  context: Context,
): Diagnostic {
  const old = (previous ?? []).map((entry) => entry.token_id);
  const alive = token_id === null ? old : [token_id, ...old];
  return error(
    "too-many-tokens",
    `Token "${name}" cannot be replaced yet`,
    `Tokens ${alive.join(", ")} of ${accountLabel(account, context)} are all alive and were recently used, so another ` +
      `one would exceed the limit. Wait until one is revoked, give its consumer the delivered value, or add one of the ` +
      `older ones to revoke_now.`,
    ["previous"],
  );
}

/** What an apply of this plan does with the tokens, as far as the last observation shows. */
export function foreseenDecision(standing: Standing): Decision {
  const { all, isDeclared } = reasonsForNewToken(standing);
  const { memory } = standing;
  if (memory?.observed != null) {
    const now = new Date(memory.observed.at);
    return decide({ ...foreseenSituation(standing), now, isChanged: isDeclared });
  }
  // Nothing was observed yet, so nothing is known of the old ones.
  return { step: all.length > 0 ? "make" : "keep", revoke: [], release: [] };
}

function foreseenSituation(standing: Standing): Omit<Situation, "now" | "isChanged"> {
  const { config, proposed, prior, memory } = standing;
  const { token_id: tokenId, status } = prior;
  const policy = isUnknown(proposed.rotation) ? undefined : policyOf(proposed.rotation);
  const ownTokenId = memory?.observed?.ownTokenId;
  return {
    policy: isUnknown(proposed.rotation) ? NO_ROTATION : retirementPolicy(proposed.rotation),
    present: {
      id: tokenId ?? 0,
      isAlive: status === "active",
      isReplacedWhenDead:
        status === "revoked" ? isReplacedWhenRevoked(standing) : config.rotation !== null,
    },
    previous: (prior.previous ?? []).map(oldToken),
    strays: (prior.strays ?? []).map((id) => ({
      id,
      revokeAt: null,
      lastUsedAt: memory?.strayUses?.[String(id)] ?? null,
    })),
    holdings: foreseenHoldings(standing),
    dueOn:
      policy === undefined || waitsForTurn(standing)
        ? null
        : rotationDateOf(policy, memory, prior.valid_until),
    leaked: new Set(isUnknown(config.revoke_now) ? [] : numbersOf(config.revoke_now)),
    untouchable: new Set(ownTokenId == null ? [] : [ownTokenId]),
  };
}

/** What the destinations of an imported token hold is not known, and nothing is delivered for that reason. */
function foreseenHoldings({ proposed, prior, memory }: Standing): Holding[] {
  if (memory?.imported || isUnknown(proposed.deliver_to)) return [];
  const before = (prior.deliver_to ?? []).map(identityOf);
  return (proposed.deliver_to ?? []).map((entry) => {
    if (isUnknown(entry) || identityIsOpen(entry)) return "unknown";
    const at = before.indexOf(identityOf(entry));
    if (at === -1) return "nothing";
    const { failed = null, changed = null } = memory?.destinations[at] ?? {};
    if (changed !== null) return "other";
    return failed === null ? "present" : "undelivered";
  });
}

/** The tokens as an apply finds them. */
export interface Seen {
  readonly now: Date;
  readonly policy: RetirementPolicy;
  readonly stock: Stock;
  readonly presentId: number | null;
  readonly holdings: readonly Holding[];
  readonly leaked: readonly (number | null)[] | null;
  readonly untouchable: ReadonlySet<number>;
  /** Whether the plan showed that another token is created. */
  readonly isFurtherPlanned: boolean;
}

export function seenSituation(seen: Seen): Situation {
  const { stock, presentId, isFurtherPlanned } = seen;
  const present = {
    id: presentId ?? 0,
    isAlive: stock.current !== undefined,
    isReplacedWhenDead: isFurtherPlanned,
  };
  return {
    now: seen.now,
    policy: seen.policy,
    present: presentId === null ? null : present,
    previous: stock.previous.map(oldToken),
    strays: stock.strays.map((stray) => ({
      id: stray.id,
      revokeAt: null,
      lastUsedAt: stray.last_used_at ?? null,
    })),
    holdings: seen.holdings,
    dueOn: null,
    isChanged: isFurtherPlanned,
    leaked: new Set(numbersOf(seen.leaked)),
    untouchable: seen.untouchable,
  };
}

function oldToken(entry: PreviousToken): OldToken {
  return {
    id: entry.token_id ?? 0,
    revokeAt: entry.revoke_at,
    lastUsedAt: entry.last_used_at,
  };
}

function numbersOf(list: readonly unknown[] | null): number[] {
  return (list ?? []).filter((id): id is number => typeof id === "number");
}

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
