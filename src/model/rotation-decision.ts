import { utcDate, type UtcDate } from "./dates";
import type { RetirementPolicy } from "./rotation";
import { daysAfter, isQuiet, retirementOf, type SupersededToken } from "./superseded";

/*
 * What a run does with the tokens of one declaration. Sends no requests: plan and apply pass what they observed, and
 * docs/rotation.md shows the resulting states.
 */

/** The maximum number of live tokens of a declaration. */
export interface Limits {
  /** The current one, one in its overlap, and one that is held. */
  readonly bySchedule: number;
  /** Including those of failed deliveries and killed runs. */
  readonly atMost: number;
}

const LIMITS: Limits = { bySchedule: 3, atMost: 10 };

/** An older token of a declaration, still alive. */
export interface OldToken extends SupersededToken {
  readonly id: number;
}

/**
 * What a declared destination holds. `present`: the current token. `nothing`: it is new, or was emptied. `undelivered`:
 * the last delivery failed, and whether it took effect is unknown. `other`: some other value, maybe an older token.
 * `unknown`: it cannot be read.
 */
export type Holding = "present" | "nothing" | "undelivered" | "other" | "unknown";

/** The tokens of one declaration, as a run sees them at a moment of the server's clock. */
export interface Situation {
  readonly now: Date;
  readonly policy: RetirementPolicy;
  /** Null while none was created. */
  readonly present: {
    readonly id: number;
    readonly isAlive: boolean;
    /** Whether it is replaced once it is dead. A written expiry is only reported. */
    readonly isReplacedWhenDead: boolean;
  } | null;
  /** Oldest first. */
  readonly previous: readonly OldToken[];
  /** Marked tokens that the state does not know, oldest first. */
  readonly strays: readonly OldToken[];
  readonly holdings: readonly Holding[];
  /** The day from which the current token is due. Null if there is none. */
  readonly dueOn: UtcDate | null;
  /** Whether the declaration has a change that requires a new token: name, scopes, keepers. */
  readonly isChanged: boolean;
  /** Revoked even if in use. */
  readonly leaked: ReadonlySet<number>;
  /** Never revoked: the run's own token, and those that it failed to revoke. */
  readonly untouchable: ReadonlySet<number>;
}

export interface Decision {
  /**
   * `make`: another token is delivered to every destination. `wait`: it is needed, but too many are alive and in use.
   */
  readonly step: "keep" | "make" | "wait";
  /** Old tokens to revoke now. If another one is created, before that. */
  readonly revoke: readonly number[];
  /** Old tokens whose overlap begins now, since every destination holds the current one. */
  readonly release: readonly number[];
}

export function decide(situation: Situation, limits = LIMITS): Decision {
  const { previous, holdings } = situation;
  const over = previous.filter((token) => mayGo(token, situation));
  const revoke = over.map(({ id }) => id);
  if (!wantsFurther(situation)) {
    const isSettled = holdings.every((holding) => holding === "present");
    const released = previous.filter((token) => isSettled && token.revokeAt === null);
    const release = released.map(({ id }) => id).filter((id) => !revoke.includes(id));
    return { step: "keep", revoke, release };
  }
  const beforeMaking = over.filter((token) => !isLeakedUndelivered(token, situation));
  const kept = beforeMaking.map(({ id }) => id);
  const limit = isRepair(situation) ? limits.atMost : limits.bySchedule;
  if (countAlive(situation) - kept.length < limit) {
    return { step: "make", revoke: kept, release: [] };
  }
  const victim = makesRoom(situation, new Set(kept));
  if (victim === undefined) return { step: "wait", revoke: kept, release: [] };
  return { step: "make", revoke: [...kept, victim], release: [] };
}

/** GitLab cannot change a token, and a delivered value is not kept, so every cause leads to a new token. */
function wantsFurther(situation: Situation): boolean {
  const { now, dueOn, isChanged } = situation;
  return isChanged || (dueOn !== null && utcDate(now) >= dueOn) || isRepair(situation);
}

/** Whether there is a problem that only another token solves. It does not wait for the schedule's other tokens. */
function isRepair({ present, strays, holdings, leaked }: Situation): boolean {
  if (present === null || (!present.isAlive && present.isReplacedWhenDead)) return true;
  return leaked.has(present.id) || strays.length > 0 || holdings.some(isLacking);
}

function isLacking(holding: Holding): boolean {
  return holding === "nothing" || holding === "undelivered" || holding === "other";
}

function countAlive({ present, previous, strays }: Situation): number {
  return (present?.isAlive ? 1 : 0) + previous.length + strays.length;
}

/**
 * An old token whose overlap is over may be revoked, unless a destination may hold it again. One from a failed delivery
 * does not count: every destination held a newer one when its overlap began.
 */
function mayGo(token: OldToken, situation: Situation): boolean {
  const { now, policy, leaked, untouchable, holdings } = situation;
  if (untouchable.has(token.id)) return false;
  if (leaked.has(token.id)) return true;
  const retirement = retirementOf(token, policy, now);
  return (retirement === "due" || retirement === "overdue") && !holdings.some(isDoubtful);
}

function isDoubtful(holding: Holding): boolean {
  return holding === "other" || holding === "unknown";
}

/** A destination may hold it, so another token is delivered first. */
function isLeakedUndelivered({ id, revokeAt }: OldToken, { leaked }: Situation): boolean {
  return revokeAt === null && leaked.has(id);
}

/**
 * The token that another one replaces: a leaked one; else the oldest unused one that no destination holds. At the limit
 * also an unused one of failed deliveries and killed runs: never the last token that was delivered everywhere, and
 * first one that was never used, so that no consumer can hold it.
 */
function makesRoom(situation: Situation, gone: ReadonlySet<number>): number | undefined {
  const { now, policy, strays, holdings, leaked, untouchable } = situation;
  const previous = situation.previous.filter(({ id }) => !gone.has(id));
  const isQuietNow = ({ lastUsedAt }: OldToken) => isQuiet(lastUsedAt, policy, now);
  const replaced = previous.filter(({ revokeAt }) => revokeAt !== null).filter(isQuietNow);
  const overdue = previous.filter((token) => retirementOf(token, policy, now) === "overdue");
  const undelivered = previous.filter(({ revokeAt }) => revokeAt === null);
  const leftovers = [...undelivered.slice(1), ...strays].filter(isQuietNow).sort(byAge);
  const unused = leftovers.filter(({ lastUsedAt }) => lastUsedAt === null);
  const isCrisis = isRepair(situation);
  const candidates = [
    ...undelivered.filter(({ id }) => leaked.has(id)),
    ...(isCrisis ? unused : []),
    ...(isCrisis || !holdings.some(isDoubtful) ? replaced : []),
    ...(isCrisis ? [...leftovers, ...overdue] : []),
  ];
  return candidates.find(({ id }) => !untouchable.has(id))?.id;
}

function byAge(one: OldToken, other: OldToken): number {
  return one.id - other.id;
}

/** The period in which an older token works beside the one that replaced it. */
export interface Overlap {
  readonly deliveredAt: string;
  readonly revokeAt: string;
}

/** A consumer may hold a stray, so it is never revoked immediately, even without an overlap. */
const LEAST_OVERLAP_OF_STRAYS = 1;

/** The overlaps that begin when every destination holds a newer token, by the older ones' numbers. */
export function overlapsFrom(
  deliveredAt: Date,
  { overlapDays }: Pick<RetirementPolicy, "overlapDays">,
  {
    replaced,
    strays,
  }: { readonly replaced: readonly number[]; readonly strays: readonly number[] },
): ReadonlyMap<number, Overlap> {
  const overlap = (days: number): Overlap => ({
    deliveredAt: daysAfter(deliveredAt, 0),
    revokeAt: daysAfter(deliveredAt, days),
  });
  const ofStrays = Math.max(overlapDays, LEAST_OVERLAP_OF_STRAYS);
  return new Map([
    ...replaced.map((id) => [id, overlap(overlapDays)] as const),
    ...strays.map((id) => [id, overlap(ofStrays)] as const),
  ]);
}
