import fc from "fast-check";
import { addDays, dateProblem, daysBetween, isUtcDate, utcDate } from "../../src/model";

const day = fc
  .integer({ min: Date.UTC(2000, 0, 1) / 86_400_000, max: Date.UTC(2100, 0, 1) / 86_400_000 })
  .map((days) => utcDate(new Date(days * 86_400_000)));

test("days added are the days between", () => {
  fc.assert(
    fc.property(day, fc.integer({ min: -4000, max: 4000 }), (start, count) => {
      expect(daysBetween(start, addDays(start, count))).toBe(count);
    }),
  );
});

test.each([
  ["2028-02-28", 1, "2028-02-29"],
  ["2027-02-28", 1, "2027-03-01"],
  ["2027-01-31", 31, "2027-03-03"],
  ["2027-12-31", 1, "2028-01-01"],
])("%s and %i days is %s", (start, count, end) => {
  expect(addDays(start, count)).toBe(end);
});

test("the day is the one in UTC, up to its last second", () => {
  expect(utcDate(new Date("2027-06-30T23:59:59.999Z"))).toBe("2027-06-30");
  expect(utcDate(new Date("2027-07-01T00:30:00+02:00"))).toBe("2027-06-30");
});

test.each(["2027-02-29", "2027-13-01", "2027-1-1", "tomorrow", "", "2027-03-31T00:00:00Z"])(
  "%j is no date",
  (text) => {
    expect(isUtcDate(text)).toBe(false);
    expect(dateProblem("expires_at", text)?.summary).toBe(`"${text}" is not a date`);
  },
);
