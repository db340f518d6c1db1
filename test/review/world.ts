import fc from "fast-check";

/** What a declaration says, as far as the property of completeness is about it. */
export interface World {
  readonly accounts: { readonly [key: string]: AccountWorld };
}

export interface AccountWorld {
  readonly username: string;
  readonly tokens: { readonly [key: string]: TokenWorld };
  readonly memberships: { readonly [key: string]: MembershipWorld };
}

export interface TokenWorld {
  readonly scopes: readonly string[];
  /** Null never. */
  readonly expiresAt: string | null;
}

export interface MembershipWorld {
  readonly role: string;
  readonly expiresAt: string | null;
}

const KEYS = ["a", "b", "c"];
export const ROLES = ["guest", "planner", "reporter", "developer", "maintainer", "owner"];

const date = fc.constantFrom(null, "2026-09-01", "2026-12-31", "2027-05-31");
const some = <T>(value: fc.Arbitrary<T>) =>
  fc.dictionary(fc.constantFrom(...KEYS), value, { noNullPrototype: true });

const token = fc.record({
  scopes: fc.subarray(["api", "read_api", "read_user", "sudo"], { minLength: 1 }),
  expiresAt: date,
});
const membership = fc.record({ role: fc.constantFrom(...ROLES), expiresAt: date });
const account = fc.record({
  username: fc.constantFrom("bot", "robot", "deployer"),
  tokens: some(token),
  memberships: some(membership),
});

export const world: fc.Arbitrary<World> = fc.record({ accounts: some(account) });

/** Number of an account; the same before and after. */
export const userId = (key: string) =>
  KEYS.includes(key) ? 100 + KEYS.indexOf(key) : 1000 + Number(key);

/** Every difference in accounts, tokens, scopes, roles and expiry, each as `address kind from to`. */
export function differences(before: World, after: World): string[] {
  return both(before.accounts, after.accounts).flatMap(([key, had, has]) => [
    ...whole("account", key, had, has, () => ""),
    ...(had && has && had.username !== has.username
      ? [`account.${key} renamed ${had.username} ${has.username}`]
      : []),
    ...both(had?.tokens ?? {}, has?.tokens ?? {}).flatMap(([name, old, now]) => [
      ...whole("token", `${key}.${name}`, old, now, ({ scopes }) => [...scopes].sort().join(", ")),
      ...(old && now ? tokenDifferences(`token.${key}.${name}`, old, now) : []),
    ]),
    ...both(had?.memberships ?? {}, has?.memberships ?? {}).flatMap(([name, old, now]) => [
      ...whole("membership", `${key}.${name}`, old, now, ({ role }) => role),
      ...(old && now ? membershipDifferences(`membership.${key}.${name}`, old, now) : []),
    ]),
  ]);
}

export function both<T>(
  before: { readonly [key: string]: T },
  after: { readonly [key: string]: T },
): [string, T | undefined, T | undefined][] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.map((key) => [key, before[key], after[key]]);
}

function whole<T>(
  kind: string,
  key: string,
  had: T | undefined,
  has: T | undefined,
  words: (object: T) => string,
): string[] {
  if (had === undefined && has !== undefined) return [`${kind}.${key} appears ${words(has)}`];
  if (had !== undefined && has === undefined) return [`${kind}.${key} goes ${words(had)}`];
  return [];
}

function tokenDifferences(address: string, old: TokenWorld, now: TokenWorld): string[] {
  return [
    ...now.scopes
      .filter((each) => !old.scopes.includes(each))
      .map((each) => `${address} gains ${each}`),
    ...old.scopes
      .filter((each) => !now.scopes.includes(each))
      .map((each) => `${address} loses ${each}`),
    ...expiry(address, old, now),
  ];
}

function membershipDifferences(
  address: string,
  old: MembershipWorld,
  now: MembershipWorld,
): string[] {
  const direction = ROLES.indexOf(now.role) > ROLES.indexOf(old.role) ? "raised" : "lowered";
  return [
    ...(old.role === now.role ? [] : [`${address} ${direction} ${old.role} ${now.role}`]),
    ...expiry(address, old, now),
  ];
}

function expiry(
  address: string,
  { expiresAt: old }: { readonly expiresAt: string | null },
  { expiresAt: now }: { readonly expiresAt: string | null },
): string[] {
  if (old === now) return [];
  const isLater = old !== null && (now === null || now > old);
  return [`${address} ${isLater ? "longer" : "shorter"} ${old} ${now}`];
}
