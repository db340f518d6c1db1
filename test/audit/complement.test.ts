import fc from "fast-check";
import { auditOf } from "../../src/audit";
import {
  picture,
  picturedAccount,
  picturedGroup,
  picturedMembership,
  picturedToken,
} from "../estate/pictures";
import { state } from "./states";

const groups = [12, 13, 14].map((id) => picturedGroup(id, `group-${id}`));

const estates = fc.uniqueArray(
  fc.record({
    userId: fc.integer({ min: 1, max: 40 }),
    isDeclared: fc.boolean(),
    isAgent: fc.boolean(),
    tokens: fc.array(
      fc.record({
        isDeclared: fc.constantFrom("no", "current", "replaced"),
        state: fc.constantFrom("active", "expired", "revoked"),
        key: fc.constantFrom(null, 1, 2),
      }),
      { maxLength: 4 },
    ),
    memberships: fc.uniqueArray(
      fc.record({ group: fc.constantFrom(12, 13, 14), isDeclared: fc.boolean() }),
      { selector: ({ group }) => group },
    ),
    states: fc.integer({ min: 0, max: 2 }),
  }),
  { selector: ({ userId }) => userId, maxLength: 12 },
);

test("what is declared nowhere is exactly what no state declares", () => {
  fc.assert(
    fc.property(estates, (accounts) => {
      const tokens = accounts.flatMap((account) =>
        account.tokens.map((token, index) => ({
          ...token,
          userId: account.userId,
          tokenId: account.userId * 100 + index,
          of: account.states,
        })),
      );
      const memberships = accounts.flatMap(({ userId, states, memberships: all }) =>
        all.map((each) => ({ ...each, userId, of: states })),
      );
      const states = [0, 1, 2].map((number) =>
        state(
          {
            accounts: accounts.filter((each) => each.isDeclared && each.states === number),
            tokens: tokens
              .filter((each) => each.isDeclared !== "no" && each.of === number)
              .map(({ userId, tokenId, isDeclared }) =>
                isDeclared === "current"
                  ? { userId, tokenId }
                  : { userId, tokenId: tokenId + 50, previous: [tokenId] },
              ),
            memberships: memberships.filter((each) => each.isDeclared && each.of === number),
          },
          `${number}.json`,
        ),
      );
      const seen = picture({
        accounts: accounts.map(({ userId, isAgent }) =>
          picturedAccount(userId, { kind: isAgent ? "agent" : "service_account" }),
        ),
        tokens: tokens.map(({ tokenId, userId, state: of, key }) =>
          picturedToken(tokenId, userId, {
            state: of,
            marker: key === null ? null : { key: String(key).padStart(20, "0"), generation: 1 },
          }),
        ),
        memberships: memberships.map(({ userId, group }) =>
          picturedMembership(userId, groups.find(({ id }) => id === group) ?? groups[0]!),
        ),
        containers: groups,
      });

      const { findings } = auditOf(seen, { states });

      const found = (...codes: string[]) => findings.filter(({ code }) => codes.includes(code));
      expect(
        found("undeclared-account")
          .map(({ object }) => object.userId)
          .sort(),
      ).toEqual(
        accounts
          .filter((each) => !each.isDeclared)
          .map(({ userId }) => userId)
          .sort(),
      );
      const openTokens = found("undeclared-token", "left-over-token");
      expect(openTokens.map(({ object }) => object.tokenId).sort()).toEqual(
        tokens
          .filter((each) => each.isDeclared === "no" && each.state === "active")
          .map(({ tokenId }) => tokenId)
          .sort(),
      );
      expect(
        found("undeclared-membership")
          .map(({ object }) => object.address)
          .sort(),
      ).toEqual(
        memberships
          .filter((each) => !each.isDeclared)
          .map(({ userId, group }) => `account-${userId}@group-${group}`)
          .sort(),
      );
    }),
    { numRuns: 200 },
  );
});
