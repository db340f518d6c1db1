import fc from "fast-check";
import {
  addDays,
  datesOfNewToken,
  daysBetween,
  decide,
  overlapsFrom,
  rotationDate,
  type OldToken,
  type RotationPolicy,
  type UtcDate,
} from "../../src/model";

const START: UtcDate = "2026-11-30";

function spread(everyDays: number, overlapDays = Math.min(3, everyDays - 1)): RotationPolicy {
  const isSpread = true;
  return { everyDays, overlapDays, lifetimeDays: null, quietForDays: 1, maxHoldDays: 7, isSpread };
}

test("a token has one day of its own in every, whenever it is made", () => {
  const anyPolicy = fc
    .integer({ min: 1, max: 300 })
    .chain((every) =>
      fc.integer({ min: 0, max: every - 1 }).map((overlap) => spread(every, overlap)),
    );
  const anyDay = fc.integer({ min: 0, max: 4_000 }).map((days) => addDays(START, days));
  fc.assert(
    fc.property(anyPolicy, fc.string(), anyDay, anyDay, (policy, key, one, other) => {
      const [first, second] = [one, other].map((day) => datesOfNewToken(policy, day, null, key));
      const due = first?.rotatesAt ?? "";
      expect(daysBetween(one, due)).toBeGreaterThan(0);
      expect(daysBetween(one, due)).toBeLessThanOrEqual(policy.everyDays);
      expect(Math.abs(daysBetween(due, second?.rotatesAt ?? "")) % policy.everyDays).toBe(0);
      const expiresAt = first?.expiresAt ?? null;
      expect(rotationDate(policy, { countedFrom: one, expiresAt, spreadBy: key })).toBe(due);
      // One that was made before keeps its date.
      expect(rotationDate(policy, { countedFrom: one, expiresAt })).toBe(
        addDays(one, policy.everyDays),
      );
    }),
  );
});

interface Token {
  readonly key: string;
  id: number;
  due: UtcDate;
  previous: (OldToken & { deliveredOn: number })[];
}

test("in 400 nights of 500 tokens made on one day, none after the first cycle rotates more than twice the mean, and no overlap is cut short", () => {
  const policy = spread(30);
  let last = 0;
  const tokens = Array.from({ length: 500 }, (_, at): Token => {
    const key = `key of token ${at}`;
    return {
      key,
      id: (last += 1),
      due: datesOfNewToken(policy, START, 365, key).rotatesAt,
      previous: [],
    };
  });
  const rotated: number[] = [];
  for (let night = 1; night <= 400; night++) {
    const today = addDays(START, night);
    const now = new Date(`${today}T02:00:00Z`);
    let count = 0;
    for (const token of tokens) {
      const { step, revoke } = decide({
        now,
        policy,
        present: { id: token.id, isAlive: true, isReplacedWhenDead: true },
        previous: token.previous,
        strays: [],
        holdings: ["present"],
        dueOn: token.due,
        isChanged: false,
        leaked: new Set(),
        untouchable: new Set(),
      });
      for (const old of token.previous.filter(({ id }) => revoke.includes(id)))
        expect(night - old.deliveredOn).toBeGreaterThanOrEqual(policy.overlapDays);
      token.previous = token.previous.filter(({ id }) => !revoke.includes(id));
      if (step !== "make") continue;
      count += 1;
      const [overlap] = [
        ...overlapsFrom(now, policy, { replaced: [token.id], strays: [] }).values(),
      ];
      token.previous.push({
        id: token.id,
        revokeAt: overlap?.revokeAt ?? null,
        lastUsedAt: null,
        deliveredOn: night,
      });
      token.id = last += 1;
      token.due = datesOfNewToken(policy, today, 365, token.key).rotatesAt;
    }
    rotated.push(count);
  }
  const mean = 500 / 30;
  expect(Math.max(...rotated.slice(30))).toBeLessThanOrEqual(2 * mean);
  expect(rotated.slice(30, 60)).toEqual(rotated.slice(60, 90));
  expect(rotated.slice(0, 30).reduce((sum, count) => sum + count)).toBe(500);
});
