import { identityOf } from "../../destinations/entry";
import {
  decide,
  NO_ROTATION,
  type Decision,
  type Holding,
  type OldToken,
  type RetirementPolicy,
  type Situation,
} from "../../model";
import { isUnknown } from "../../provider/contract";
import { identityIsOpen } from "./destinations";
import { policyOf, retirementPolicy, rotationDateOf } from "./policy";
import { isReplacedWhenRevoked, reasonsForNewToken, type Standing } from "./reasons";
import type { PreviousToken } from "./schema";
import type { Stock } from "./stock";

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
    dueOn: policy === undefined ? null : rotationDateOf(policy, memory, prior.valid_until),
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
