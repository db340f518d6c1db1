import { utcDate, type UtcDate } from "./dates";
import type { RetirementPolicy } from "./rotation";
import { daysAfter, isQuiet, retirementOf, type SupersededToken } from "./superseded";

/*
 * What a run does with the tokens of one declaration. Nothing here asks anything: plan and apply give it what they
 * saw, and docs/rotation.md draws the states that come of it.
 */

/** How many tokens of a declaration may be alive. */
export interface Limits {
  /** The present one, one in its overlap, and one that is held. */
  readonly bySchedule: number;
  /** With those that failed deliveries and killed runs left behind. */
  readonly atMost: number;
}

const LIMITS: Limits = { bySchedule: 3, atMost: 10 };

/** An older token of a declaration, still alive. */
export interface OldToken extends SupersededToken {
  readonly id: number;
}

/**
 * What a wanted destination holds. `present`: the present token. `nothing`: it is new, or was emptied. `undelivered`:
 * the last delivery failed, and whether it got through cannot be told. `other`: some other value, maybe an older token.
 * `unknown`: it cannot be looked at.
 */
export type Holding = "present" | "nothing" | "undelivered" | "other" | "unknown";

/** The tokens of one declaration, as a run sees them at a moment of the server's clock. */
export interface Situation {
  readonly now: Date;
  readonly policy: RetirementPolicy;
  /** Null as long as none was made. */
  readonly present: {
    readonly id: number;
    readonly isAlive: boolean;
    /** Whether it is to be replaced once it is dead; an expiry that somebody wrote is only told. */
    readonly isReplacedWhenDead: boolean;
  } | null;
  /** Oldest first. */
  readonly previous: readonly OldToken[];
  /** Marked tokens that the state does not know, oldest first. */
  readonly strays: readonly OldToken[];
  readonly holdings: readonly Holding[];
  /** The day from which the present token is due; null where there is none. */
  readonly dueOn: UtcDate | null;
  /** Whether somebody changed what only a new token can have: name, scopes, keepers. */
  readonly isChanged: boolean;
  /** Revoked whatever their use. */
  readonly leaked: ReadonlySet<number>;
  /** Never revoked: what the run itself lives by, and what it tried to revoke in vain. */
  readonly untouchable: ReadonlySet<number>;
}

export interface Decision {
  /** `make`: a further token goes to every destination. `wait`: it should, but too many are alive and in use. */
  readonly step: "keep" | "make" | "wait";
  /** Old tokens that go now; where a further one is made, before that. */
  readonly revoke: readonly number[];
  /** Old tokens whose overlap begins now, since every destination was found to hold the present one. */
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

/** GitLab cannot change a token, and a delivered value is not kept: one answer to every cause. */
function wantsFurther(situation: Situation): boolean {
  const { now, dueOn, isChanged } = situation;
  return isChanged || (dueOn !== null && utcDate(now) >= dueOn) || isRepair(situation);
}

/** Whether something is amiss that only a further token mends. It does not wait for the schedule's other tokens. */
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
 * An old token whose overlap is over may go, unless a destination may have got it back. One that a failed delivery
 * left is none of them: every destination held a newer one when its overlap began.
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

/** A destination may hold it, so that the further token is delivered first. */
function isLeakedUndelivered({ id, revokeAt }: OldToken, { leaked }: Situation): boolean {
  return revokeAt === null && leaked.has(id);
}

/**
 * The token whose place a further one takes: one that leaked; else the oldest that every destination has given up and
 * that is quiet. At the utmost also what failed deliveries and killed runs left, if it is quiet: never the last
 * token that was delivered everywhere, and first what was never used, so that nobody can hold it.
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

/** From when to when an older token works beside the one that replaced it. */
export interface Overlap {
  readonly deliveredAt: string;
  readonly revokeAt: string;
}

/** A stray may be in somebody's hands, so that it never dies at once, even where no overlap is asked for. */
const LEAST_OVERLAP_OF_STRAYS = 1;

/** The overlaps that begin at the moment when every destination holds a newer token, by the older ones' numbers. */
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
