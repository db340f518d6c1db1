import fc from "fast-check";
import {
  addDays,
  datesOfNewToken,
  daysBetween,
  lastDayToApply,
  lifetimeOf,
  parseDays,
  rotationDate,
  rotationProblem,
  type RotationPolicy,
} from "../../src/model";

const policy: fc.Arbitrary<RotationPolicy> = fc
  .record({
    everyDays: fc.integer({ min: 1, max: 340 }),
    overlap: fc.integer({ min: 0, max: 60 }),
    extra: fc.option(fc.integer({ min: 0, max: 100 })),
    quietForDays: fc.integer({ min: 0, max: 10 }),
    maxHoldDays: fc.integer({ min: 0, max: 30 }),
  })
  .map(({ everyDays, overlap, extra, quietForDays, maxHoldDays }) => {
    const overlapDays = Math.min(overlap, everyDays - 1);
    const lifetimeDays = extra === null ? null : everyDays + Math.max(overlapDays, 1) + extra;
    return { everyDays, overlapDays, lifetimeDays, quietForDays, maxHoldDays };
  });

const day = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays("2024-01-01", days % 3_000));

const maximum = fc.constantFrom(null, 365, 400);

function works(each: RotationPolicy, limit: number | null): boolean {
  return rotationProblem(each, limit) === undefined;
}

test("a token that is made by a policy is due again when the policy says, and never after its overlap would suffer", () => {
  fc.assert(
    fc.property(policy, day, maximum, (each, today, limit) => {
      fc.pre(works(each, limit));
      const { expiresAt, rotatesAt } = datesOfNewToken(each, today, limit);
      expect(daysBetween(today, rotatesAt)).toBeLessThanOrEqual(each.everyDays);
      expect(daysBetween(today, rotatesAt)).toBeGreaterThan(0);
      expect(daysBetween(rotatesAt, expiresAt)).toBeGreaterThanOrEqual(
        Math.max(each.overlapDays, 1),
      );
      if (limit !== null) expect(daysBetween(today, expiresAt)).toBeLessThanOrEqual(limit);
    }),
  );
});

test("by default a schedule may miss seven nights before the overlap suffers", () => {
  const each = { ...NINETY, lifetimeDays: null };
  const { expiresAt, rotatesAt } = datesOfNewToken(each, "2028-02-29", 365);
  expect(daysBetween(rotatesAt, expiresAt)).toBe(each.overlapDays + 7);
});

test("no maximum shortens a token below its every and overlap", () => {
  fc.assert(
    fc.property(policy, fc.integer({ min: 1, max: 400 }), (each, limit) => {
      const least = each.everyDays + Math.max(each.overlapDays, 1);
      expect(lifetimeOf(each, limit)).toBeGreaterThanOrEqual(least);
      expect(lifetimeOf(each, limit)).toBeLessThanOrEqual(Math.max(limit, least));
    }),
  );
});

const NINETY = {
  everyDays: 90,
  overlapDays: 3,
  lifetimeDays: null,
  quietForDays: 1,
  maxHoldDays: 7,
} as const;

test("the date that was pinned is the date that is computed again, so that the plan after an apply is empty", () => {
  fc.assert(
    fc.property(policy, day, maximum, (each, today, limit) => {
      fc.pre(works(each, limit));
      const { expiresAt, rotatesAt } = datesOfNewToken(each, today, limit);
      expect(rotationDate(each, { countedFrom: today, expiresAt })).toBe(rotatesAt);
    }),
  );
});

test("an edited policy makes a token due only when the new date has come", () => {
  fc.assert(
    fc.property(policy, policy, day, (before, after, today) => {
      fc.pre(works(before, 365) && works(after, 365));
      const { expiresAt } = datesOfNewToken(before, today, 365);
      const date = rotationDate(after, { countedFrom: today, expiresAt }) ?? "";
      expect(daysBetween(today, date)).toBeLessThanOrEqual(after.everyDays);
      expect(date <= expiresAt).toBe(true);
    }),
  );
});

test("an imported token is due just before its own expiry, and one without expiry never by that", () => {
  expect(rotationDate(NINETY, { countedFrom: null, expiresAt: "2027-03-31" })).toBe("2027-03-21");
  expect(rotationDate(NINETY, { countedFrom: null, expiresAt: null })).toBeNull();
});

test("a saved plan can be applied while its dates hold, three days at least, and never after its own next date", () => {
  fc.assert(
    fc.property(policy, day, (each, today) => {
      fc.pre(works(each, 365));
      const dates = datesOfNewToken(each, today, 365);
      const last = lastDayToApply(today, dates, each);
      expect(last < dates.rotatesAt).toBe(true);
      const wait = daysBetween(today, last);
      expect(wait).toBe(Math.min(wait, 7));
      if (each.everyDays > 4 && each.lifetimeDays === null) expect(wait).toBeGreaterThanOrEqual(3);
    }),
  );
});

test.each([
  [{ everyDays: 0 }, "everyDays"],
  [{ everyDays: 3, overlapDays: 3 }, "overlapDays"],
  [{ lifetimeDays: 92 }, "lifetimeDays"],
  [{ everyDays: 363 }, "everyDays"],
] as const)("the policy %j is refused at %s", (change, attribute) => {
  expect(rotationProblem({ ...NINETY, ...change }, 365)?.attribute).toBe(attribute);
});

test.each([
  ["30d", 30],
  ["4w", 28],
  ["P30D", 30],
  ["P2W", 14],
  ["0d", 0],
])("%s is a number of days", (text, days) => {
  expect(parseDays(text)).toBe(days);
});

test.each(["30", "d", "1.5d", "30h", "P1M", "-1d", " 30d", "PT24H"])("%s is none", (text) => {
  expect(parseDays(text)).toBeUndefined();
});
