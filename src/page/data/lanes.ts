import { dayNumber } from "./days";
import { groupedBy } from "./estate";
import type { TokenRow } from "./estate-data";

/** The tokens of one purpose: the generations of a declaration, or those with the same name on one account. */
export interface Lane {
  readonly userId: number;
  readonly name: string;
  readonly key: string | null;
  /** Oldest first. */
  readonly tokens: readonly TokenRow[];
  readonly live: number;
  readonly next: Next | null;
}

/** The next event of a live token of a lane. */
export interface Next {
  readonly day: string;
  readonly kind: "rotates" | "is revoked" | "expires";
}

/** The period in which a token was, or will be, usable. */
export interface Span {
  readonly token: TokenRow;
  readonly from: number;
  /** The end of a bar. Infinite for a token that never expires. */
  readonly to: number;
  /** Whether GitLab returns the end: it does not return when a token was revoked. */
  readonly isEndKnown: boolean;
  /** The line of the lane, from 0: tokens that overlap are on different ones. */
  readonly line: number;
}

export function lanesOf(tokens: readonly TokenRow[]): Lane[] {
  const groups = groupedBy(tokens, ({ userId, key, name }) =>
    JSON.stringify(key === null ? [userId, null, name] : [userId, key]),
  );
  return [...groups.values()].map(laneOf).sort(bySoonest);
}

function laneOf(group: readonly TokenRow[]): Lane {
  const tokens = [...group].sort(
    (one, other) => compare(one.createdAt, other.createdAt) || one.id - other.id,
  );
  const newest = tokens.at(-1) as TokenRow;
  const live = tokens.filter(({ state }) => state === "active");
  const { userId, name, key } = newest;
  return { userId, name, key, tokens, live: live.length, next: soonest(live) };
}

function soonest(live: readonly TokenRow[]): Next | null {
  const all = live.flatMap(({ rotatesOn, revokesOn, expiresAt }): Next[] => [
    ...(rotatesOn === null ? [] : [{ day: rotatesOn, kind: "rotates" as const }]),
    ...(revokesOn === null ? [] : [{ day: revokesOn, kind: "is revoked" as const }]),
    ...(expiresAt === null ? [] : [{ day: expiresAt, kind: "expires" as const }]),
  ]);
  return all.sort((one, other) => compare(one.day, other.day))[0] ?? null;
}

/** The next events first; then tokens without an end; then those that are over. */
function bySoonest(one: Lane, other: Lane): number {
  const rank = ({ live, next }: Lane) => (live === 0 ? "2" : next === null ? "1" : `0${next.day}`);
  return (
    compare(rank(one), rank(other)) || one.userId - other.userId || compare(one.name, other.name)
  );
}

export function spansOf({ tokens }: Pick<Lane, "tokens">): Span[] {
  const ends: number[] = [];
  return tokens.map((token, index) => {
    const from = dayNumber(token.createdAt);
    const { to, isEndKnown } = endOf(token, tokens[index + 1]);
    const free = ends.findIndex((end) => end <= from);
    const line = free === -1 ? ends.length : free;
    ends[line] = to;
    return { token, from, to, isEndKnown, line };
  });
}

/**
 * A revoked token's end is not known. It lived at least until its last use. Drawn is that, or a day if it was never
 * used, and never beyond its expiry.
 */
function endOf(token: TokenRow, follower: TokenRow | undefined) {
  const { state, expiresAt, lastUsedAt, createdAt } = token;
  const expiry = expiresAt === null ? Infinity : dayNumber(expiresAt);
  if (state !== "revoked") return { to: expiry, isEndKnown: true };
  const seen = Math.max(dayNumber(lastUsedAt ?? createdAt), dayNumber(createdAt) + 1);
  const replaced = follower === undefined ? seen : Math.max(seen, dayNumber(follower.createdAt));
  return { to: Math.min(replaced, expiry), isEndKnown: false };
}

export function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
