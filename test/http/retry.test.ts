import fc from "fast-check";
import {
  GITLAB_RETRIES,
  retryDelay,
  SERVICE_RETRIES,
  VAULT_RETRIES,
  type AttemptOutcome,
  type RetryPolicy,
} from "../../src/http/retry";
import { repeat } from "../../src/http/repeat";

const date = new Date("2027-01-01T00:00:20.000Z");
const answer = (status: number, retryAfterSeconds?: number): AttemptOutcome => ({
  kind: "answer",
  status,
  retryAfterSeconds,
  date,
});
const ask = (method: string, outcome: AttemptOutcome, attempts = 1, waited = 0) =>
  retryDelay(GITLAB_RETRIES, { method, outcome, attempts, waited, random: 0 });

test.each(["GET", "PUT", "PATCH", "DELETE"])(
  "%s comes again after a broken connection or a 5xx",
  (method) => {
    expect(ask(method, { kind: "broken" })).toBeGreaterThan(0);
    for (const status of [500, 502, 503, 504])
      expect(ask(method, answer(status))).toBeGreaterThan(0);
  },
);

test.each<[string, RetryPolicy]>([
  ["GitLab", GITLAB_RETRIES],
  ["Vault", VAULT_RETRIES],
  ["a service", SERVICE_RETRIES],
])("a POST to %s that may have taken effect is never sent again", (_, policy) => {
  const ask = (method: string, outcome: AttemptOutcome, attempts: number) =>
    retryDelay(policy, { method, outcome, attempts, waited: 0, random: 0 });
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

test("a write to Vault comes again only where it has done nothing", () => {
  const ask = (method: string, outcome: AttemptOutcome) =>
    retryDelay(VAULT_RETRIES, { method, outcome, attempts: 1, waited: 0, random: 1 });
  for (const method of ["POST", "PATCH"]) {
    expect(ask(method, answer(503))).toBeUndefined();
    expect(ask(method, { kind: "broken" })).toBeUndefined();
    // A replica that lags, a limiter, a connection that did not come about.
    for (const outcome of [answer(412), answer(429), { kind: "not_connected" } as const]) {
      expect(ask(method, outcome)).toBe(100);
    }
  }
  expect(ask("GET", answer(503))).toBe(100);
  expect(ask("GET", answer(429, 3600))).toBe(31_000);
});

describe("work that is repeated", () => {
  const failing = (times: number) => {
    let made = 0;
    return (before: number) => {
      expect(before).toBe(made++);
      return made <= times ? Promise.reject(new Error(`failure ${made}`)) : Promise.resolve(made);
    };
  };
  const always = { pauses: [0, 0, 0], mayMend: () => true, isStopped: () => false };

  test("ends with the first attempt that succeeds", async () => {
    await expect(repeat(always, failing(2))).resolves.toBe(3);
  });

  test.each<[string, Partial<typeof always>, string]>([
    ["after the last attempt", {}, "failure 3"],
    ["where no attempt would mend it", { mayMend: () => false }, "failure 1"],
    ["once the run is told to stop", { isStopped: () => true }, "failure 1"],
  ])("throws %s", async (_, less, message) => {
    await expect(repeat({ ...always, ...less }, failing(9))).rejects.toThrow(message);
  });
});
