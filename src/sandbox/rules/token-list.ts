import type { CalendarDate, Timestamp } from "../clock";
import type { AccessToken } from "../state/rows";
import { isActive } from "./token-expiry";

export interface TokenFilter {
  readonly state?: "active" | "inactive";
  readonly revoked?: boolean;
  readonly created_before?: Timestamp;
  readonly created_after?: Timestamp;
  readonly last_used_before?: Timestamp;
  readonly last_used_after?: Timestamp;
  readonly expires_before?: CalendarDate;
  readonly expires_after?: CalendarDate;
  readonly search?: string;
}

type Test = (token: AccessToken) => boolean;

/** Tokens that pass every given filter. A missing date never matches a filter on it. */
export function filterTokens(
  tokens: readonly AccessToken[],
  filter: TokenFilter,
  today: CalendarDate,
): AccessToken[] {
  const tests = filterTests(filter, today);
  return tokens.filter((token) => tests.every((test) => test(token)));
}

function filterTests(filter: TokenFilter, today: CalendarDate): Test[] {
  return [
    stateTest(filter.state, today),
    revokedTest(filter.revoked),
    filter.search ? nameTest(filter.search) : undefined,
    atMost(filter.created_before, (token) => token.created_at),
    atLeast(filter.created_after, (token) => token.created_at),
    atMost(filter.last_used_before, (token) => token.last_used_at),
    atLeast(filter.last_used_after, (token) => token.last_used_at),
    expiresBefore(filter.expires_before),
    atLeast(filter.expires_after, (token) => token.expires_at),
  ].filter((test) => test !== undefined);
}

function stateTest(state: TokenFilter["state"], today: CalendarDate): Test | undefined {
  if (state === undefined) return undefined;
  // On its last date a token is neither.
  return state === "active"
    ? (token) => isActive(token, today)
    : ({ revoked, expires_at }) => revoked || (expires_at !== null && expires_at < today);
}

function revokedTest(revoked: boolean | undefined): Test | undefined {
  return revoked === undefined ? undefined : (token) => token.revoked === revoked;
}

/** Unlike the other limits, this one is not in the range itself. */
function expiresBefore(bound: CalendarDate | undefined): Test | undefined {
  if (bound === undefined) return undefined;
  return (token) => token.expires_at !== null && token.expires_at < bound;
}

type Attribute = (token: AccessToken) => string | null;

function atMost(bound: string | undefined, attribute: Attribute): Test | undefined {
  if (bound === undefined) return undefined;
  return (token) => {
    const value = attribute(token);
    return value !== null && value <= bound;
  };
}

function atLeast(bound: string | undefined, attribute: Attribute): Test | undefined {
  if (bound === undefined) return undefined;
  return (token) => {
    const value = attribute(token);
    return value !== null && value >= bound;
  };
}

const shortestTerm = 3;

/** All words must occur in the name, except short ones. Without others, the text must be the whole name. */
function nameTest(search: string): Test {
  const text = search.toLowerCase().trim().replace(/\s+/g, " ");
  const terms = [...text.matchAll(/"([^"]+)"|(\S+)/g)]
    .map((match) => match[1] ?? match[2] ?? "")
    .filter((term) => term.length >= shortestTerm);
  if (terms.length === 0) return (token) => token.name.toLowerCase() === text;
  return (token) => terms.every((term) => token.name.toLowerCase().includes(term));
}

const sortKeys: Readonly<Record<string, Attribute | "id">> = {
  created: (token) => token.created_at,
  created_at: (token) => token.created_at,
  updated: (token) => token.updated_at,
  updated_at: (token) => token.updated_at,
  expires: (token) => token.expires_at,
  expires_at: (token) => token.expires_at,
  last_used: (token) => token.last_used_at,
  last_used_at: (token) => token.last_used_at,
  name: (token) => token.name.toLowerCase(),
  id: "id",
};

/**
 * Sorts by `<attribute>_asc|desc`; an unknown order is ignored. Missing values are the greatest, so they come first in
 * descending order. Of equal ones the newest comes first.
 */
export function sortTokens(tokens: readonly AccessToken[], sort?: string): readonly AccessToken[] {
  const match = /^(\w+)_(asc|desc)$/.exec(sort ?? "");
  const key = match === null ? undefined : sortKeys[match[1] ?? ""];
  const sign = match?.[2] === "desc" ? -1 : 1;
  if (key === undefined) return tokens;
  if (key === "id") return tokens.toSorted((a, b) => sign * (a.id - b.id));
  return tokens.toSorted((a, b) => {
    const [left, right] = [key(a), key(b)];
    if (left === right) return b.id - a.id;
    if (left === null) return sign;
    if (right === null) return -sign;
    return left < right ? -sign : sign;
  });
}
