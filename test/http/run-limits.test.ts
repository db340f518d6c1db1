import fc from "fast-check";
import {
  LONGEST_RUN,
  LONGEST_RUN_BODY,
  LONGEST_RUN_WAIT,
  MOST_REQUESTS,
  RunLimits,
} from "../../src/http";

const fine = { bytes: 1000, failed: false };

test("a run that is answered well makes as many requests as it needs", () => {
  const limits = new RunLimits();
  for (let at = 0; at < 100_000; at++) {
    expect(limits.problemAt(at * 100)).toBeUndefined();
    limits.exchanged(at * 100, at * 100 + 90, fine);
  }
});

test("requests, bytes and time of a run have an end", () => {
  const requests = new RunLimits();
  for (let at = 0; at < MOST_REQUESTS; at++) requests.exchanged(at, at + 1, fine);
  expect(requests.problemAt(MOST_REQUESTS)).toContain(`${MOST_REQUESTS} requests`);
  const bytes = new RunLimits();
  bytes.exchanged(0, 1, { bytes: LONGEST_RUN_BODY + 1, failed: false });
  expect(bytes.problemAt(2)).toContain("bytes");
  const time = new RunLimits();
  expect(time.problemAt(0)).toBeUndefined();
  expect(time.problemAt(LONGEST_RUN)).toBeUndefined();
  expect(time.problemAt(LONGEST_RUN + 1)).toContain("hours");
});

test("what many requests wait at the same time counts once", () => {
  const limits = new RunLimits();
  for (let times = 0; times < 1000; times++) limits.waiting(0, 60_000);
  expect(limits.problemAt(60_000, LONGEST_RUN_WAIT - 60_000)).toBeUndefined();
  expect(limits.problemAt(60_000, LONGEST_RUN_WAIT - 59_999)).toContain("waited");
});

test("answers that fail, hang or are slow are waits, and all waits have an end", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          gap: fc.integer({ min: 0, max: 5_000 }),
          takes: fc.integer({ min: 1, max: 120_000 }),
          failed: fc.boolean(),
          wait: fc.integer({ min: 0, max: 600_000 }),
        }),
        { minLength: 1, maxLength: 400 },
      ),
      (exchanges) => {
        const limits = new RunLimits();
        let now = 0;
        let idle = 0;
        for (const { gap, takes, failed, wait } of exchanges) {
          now += gap;
          if (limits.problemAt(now) !== undefined) return;
          limits.exchanged(now, now + takes, { bytes: 1, failed });
          if (failed || takes > 10_000) idle += takes;
          now += takes;
          if (!failed || limits.problemAt(now, wait) !== undefined) continue;
          limits.waiting(now, now + wait);
          now += wait;
          idle += wait;
          // One answer, begun before the end was reached, may go beyond it.
          expect(idle).toBeLessThanOrEqual(LONGEST_RUN_WAIT + 120_000);
        }
      },
    ),
  );
});
