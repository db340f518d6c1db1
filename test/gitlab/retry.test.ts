import fc from "fast-check";
import { retryDelay, type AttemptOutcome } from "../../src/gitlab/retry";

const date = new Date("2027-01-01T00:00:20.000Z");
const answer = (status: number, retryAfterSeconds?: number): AttemptOutcome => ({
  kind: "answer",
  status,
  retryAfterSeconds,
  date,
});
const ask = (method: string, outcome: AttemptOutcome, attempts = 1, waited = 0) =>
  retryDelay({ method, outcome, attempts, waited, random: 0 });

test.each(["GET", "PUT", "PATCH", "DELETE"])(
  "%s comes again after a broken connection or a 5xx",
  (method) => {
    expect(ask(method, { kind: "broken" })).toBeGreaterThan(0);
    for (const status of [500, 502, 503, 504])
      expect(ask(method, answer(status))).toBeGreaterThan(0);
  },
);

test("a POST that may have taken effect is never sent again", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 500, max: 599 }),
      (attempts, status) => {
        expect(ask("POST", { kind: "broken" }, attempts)).toBeUndefined();
        expect(ask("POST", answer(status), attempts)).toBeUndefined();
      },
    ),
  );
});

test("a POST that a limiter refused, or that never left, comes again", () => {
  expect(ask("POST", answer(429))).toBeGreaterThan(0);
  expect(ask("POST", { kind: "not_connected" })).toBeGreaterThan(0);
});

test("the server's own wait is kept", () => {
  expect(ask("GET", answer(429, 17))).toBe(17_000);
});

test("a limiter that names no wait is waited for until its minute is over", () => {
  expect(ask("POST", answer(429))).toBe(40_000);
});

test.each([400, 401, 403, 404, 409, 412, 422])(
  "%i is an answer, not a reason to ask again",
  (status) => {
    expect(ask("GET", answer(status))).toBeUndefined();
  },
);

test("attempts and waiting have an end", () => {
  expect(ask("GET", answer(500), 5)).toBeUndefined();
  expect(ask("GET", answer(429, 60), 2, 590_000)).toBeUndefined();
});
