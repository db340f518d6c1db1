import { expiryProblem, isExpired } from "../../src/model";

const bounds = { today: "2027-01-10", maxLifetimeDays: 365 };

test("a token is expired from the beginning of its day", () => {
  expect(isExpired("2027-01-10", "2027-01-10")).toBe(true);
  expect(isExpired("2027-01-11", "2027-01-10")).toBe(false);
  expect(isExpired(null, "2027-01-10")).toBe(false);
});

test("today is refused, since the token would be dead on arrival, and tomorrow is named", () => {
  expect(expiryProblem("2027-01-10", bounds)).toEqual({
    code: "expiry-passed",
    summary: "expires_at 2027-01-10 has passed",
    detail: expect.stringContaining("Write 2027-01-11 or later.") as string,
  });
});

test("the last allowed day passes and the day after it is refused with that day", () => {
  expect(expiryProblem("2028-01-10", bounds)).toBeUndefined();
  expect(expiryProblem("2028-01-11", bounds)?.detail).toContain("until 2028-01-10");
});

test("without a limit every later day passes", () => {
  expect(expiryProblem("2999-01-01", { ...bounds, maxLifetimeDays: null })).toBeUndefined();
});
