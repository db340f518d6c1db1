import { addDays } from "../../src/model";
import { dayNumber } from "../../src/page/data/days";
import type { TokenRow } from "../../src/page/data/estate-data";
import { lanesOf, spansOf } from "../../src/page/data/lanes";

const TODAY = "2026-06-15";

function token(overrides: Partial<TokenRow> & { readonly id: number }): TokenRow {
  return {
    userId: 1,
    name: "ci",
    description: null,
    scopes: "api",
    isGranular: false,
    permissions: null,
    state: "active",
    createdAt: `${TODAY}T00:00:00.000Z`,
    expiresAt: addDays(TODAY, 30),
    lastUsedAt: null,
    ips: null,
    key: null,
    generation: null,
    origin: null,
    rotatesOn: null,
    revokesOn: null,
    ...overrides,
  };
}

test("generations of a declaration share a lane, also after a rename; others of the name do not", () => {
  const lanes = lanesOf([
    token({ id: 1, name: "old", key: "a", generation: 1 }),
    token({ id: 2, name: "new", key: "a", generation: 2 }),
    token({ id: 3, name: "new" }),
  ]);
  expect(lanes.map(({ name, tokens }) => [name, tokens.map(({ id }) => id)])).toEqual(
    expect.arrayContaining([
      ["new", [1, 2]],
      ["new", [3]],
    ]),
  );
});

test("tokens of one name on two accounts are two lanes", () => {
  expect(lanesOf([token({ id: 1 }), token({ id: 2, userId: 2 })])).toHaveLength(2);
});

test("what comes soonest stands first, what never expires after it, and what is over last", () => {
  const lanes = lanesOf([
    token({ id: 1, userId: 1, state: "revoked" }),
    token({ id: 2, userId: 2, expiresAt: null }),
    token({ id: 3, userId: 3, expiresAt: addDays(TODAY, 9) }),
    token({ id: 4, userId: 4, rotatesOn: addDays(TODAY, 2) }),
    token({ id: 5, userId: 5, revokesOn: addDays(TODAY, -1) }),
  ]);
  expect(lanes.map(({ userId }) => userId)).toEqual([5, 4, 3, 2, 1]);
  expect(lanes[0]?.next).toEqual({ day: addDays(TODAY, -1), kind: "is revoked" });
});

test("a token that overlaps the one before stands on a line of its own", () => {
  const spans = spansOf({
    tokens: [
      token({ id: 1, createdAt: "2026-05-01T00:00:00Z", expiresAt: "2026-06-20" }),
      token({ id: 2, createdAt: "2026-06-15T00:00:00Z", expiresAt: "2026-07-20" }),
      token({ id: 3, createdAt: "2026-07-01T00:00:00Z", expiresAt: null }),
    ],
  });
  expect(spans.map(({ line }) => line)).toEqual([0, 1, 0]);
  expect(spans[2]?.to).toBe(Infinity);
});

test("a revoked token's end, which GitLab does not tell, is never beyond its expiry and not before its last use", () => {
  const revoked = token({
    id: 1,
    state: "revoked",
    createdAt: "2026-05-01T00:00:00Z",
    lastUsedAt: "2026-05-20T00:00:00Z",
    expiresAt: "2026-06-01",
  });
  const follower = (createdAt: string) => token({ id: 2, createdAt });
  const endWith = (createdAt: string) => spansOf({ tokens: [revoked, follower(createdAt)] })[0];
  expect(spansOf({ tokens: [revoked] })[0]).toMatchObject({
    isEndKnown: false,
    to: dayNumber("2026-05-20"),
  });
  expect(endWith("2026-05-25T00:00:00Z")?.to).toBe(dayNumber("2026-05-25"));
  expect(endWith("2026-09-01T00:00:00Z")?.to).toBe(dayNumber("2026-06-01"));
});
