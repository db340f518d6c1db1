import fc from "fast-check";
import { daysAfter, isQuiet, retirementOf } from "../../src/model";

const HOUR = 3_600_000;
const NOW = new Date("2028-02-29T23:59:00Z");
const hours = fc.integer({ min: -24 * 40, max: 24 * 40 });
const policy = fc.record({
  quietForDays: fc.integer({ min: 0, max: 5 }),
  maxHoldDays: fc.integer({ min: 0, max: 20 }),
});

const at = (offset: number) => new Date(NOW.getTime() + offset * HOUR).toISOString();

test("no token goes before its overlap is over, nor while a destination may hold it", () => {
  fc.assert(
    fc.property(hours, fc.option(hours), policy, (revoke, use, each) => {
      const lastUsedAt = use === null ? null : at(Math.min(use, 0));
      expect(retirementOf({ revokeAt: null, lastUsedAt }, each, NOW)).toBe("undelivered");
      const retirement = retirementOf({ revokeAt: at(revoke), lastUsedAt }, each, NOW);
      if (revoke > 0) expect(retirement).toBe("overlapping");
      else expect(["held", "due", "overdue"]).toContain(retirement);
    }),
  );
});

test("a token in use is held, and after the longest hold it goes in any case", () => {
  fc.assert(
    fc.property(hours, policy, (revoke, each) => {
      fc.pre(revoke <= 0 && each.quietForDays > 0);
      const retirement = retirementOf({ revokeAt: at(revoke), lastUsedAt: at(0) }, each, NOW);
      expect(retirement).toBe(-revoke < each.maxHoldDays * 24 ? "held" : "overdue");
    }),
  );
});

test("GitLab may be ten minutes late with a use, so quiet begins ten minutes later", () => {
  const each = { quietForDays: 1, maxHoldDays: 7 };
  const used = (minutes: number) =>
    new Date(NOW.getTime() - 24 * HOUR - minutes * 60_000).toISOString();
  expect(isQuiet(used(5), each, NOW)).toBe(false);
  expect(isQuiet(used(11), each, NOW)).toBe(true);
  expect(isQuiet(null, each, NOW)).toBe(true);
});

test("a token that must be quiet for 0 days goes whoever uses it", () => {
  expect(
    retirementOf({ revokeAt: at(-1), lastUsedAt: at(0) }, { quietForDays: 0, maxHoldDays: 7 }, NOW),
  ).toBe("due");
});

test("an overlap counts from the moment, not from the day", () => {
  expect(daysAfter(new Date("2028-02-28T23:59:59.500Z"), 1)).toBe("2028-02-29T23:59:59Z");
});
