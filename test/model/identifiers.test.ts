import fc from "fast-check";
import {
  formatAccountId,
  formatMembershipId,
  formatTokenId,
  parseAccountId,
  parseMembershipId,
  parseTokenId,
  samePath,
} from "../../src/model";

const number = fc.integer({ min: 1, max: 2 ** 40 });
const container = fc.record({
  kind: fc.constantFrom("group" as const, "project" as const),
  id: number,
});
const owner = fc.oneof(container, fc.constant({ kind: "instance" as const }));
const account = fc.record({ owner, userId: number });

test("every id is read back as it was written", () => {
  fc.assert(
    fc.property(account, number, container, (id, tokenId, place) => {
      expect(parseAccountId(formatAccountId(id))).toEqual(id);
      expect(parseTokenId(formatTokenId({ account: id, tokenId }))).toEqual({
        account: id,
        tokenId,
      });
      const membership = { container: place, userId: id.userId };
      expect(parseMembershipId(formatMembershipId(membership))).toEqual(membership);
    }),
  );
});

test.each(["", "12", "group:12", "group:a:1", "user:1:2", "instance:1:2", "group:1:2:x"])(
  "%j is no account's id",
  (text) => {
    expect(parseAccountId(text)).toBeUndefined();
  },
);

test("an instance has no members", () => {
  expect(parseMembershipId("instance:5")).toBeUndefined();
});

test("paths are the same whatever their case and outer slashes", () => {
  expect(samePath("/Platform/apps/", "platform/Apps")).toBe(true);
  expect(samePath("platform", "platform/apps")).toBe(false);
});
