import fc from "fast-check";
import type timers from "node:timers/promises";
import { World } from "./world";

jest.mock("node:timers/promises", () => {
  const real = jest.requireActual<typeof timers>("node:timers/promises");
  const setTimeout: typeof real.setTimeout = (milliseconds = 0, value, options) =>
    real.setTimeout(milliseconds / 50, value, options);
  return { ...real, setTimeout };
});

interface Night {
  /** The scheduled run does not happen. */
  readonly isMissed: boolean;
  /** Somebody calls with the oldest value that ever was delivered and still works. */
  readonly usesOldToken: boolean;
}

interface Schedule {
  readonly start: string;
  readonly every: number;
  readonly overlap: number;
  /** With 0 nothing but the overlap protects whoever still holds the old value. */
  readonly quiet: number;
  readonly nights: readonly Night[];
}

/** Month ends, the leap day and the last minute of a day. */
const STARTS = [
  "2027-01-30T23:59:30Z",
  "2028-02-28T23:59:59Z",
  "2028-02-29T00:00:00Z",
  "2027-12-31T23:59:00Z",
  "2027-06-15T02:00:00Z",
];

const night = fc.record({
  isMissed: fc.boolean(),
  usesOldToken: fc.boolean(),
});

const schedule = (nights: number): fc.Arbitrary<Schedule> =>
  fc.record({
    start: fc.constantFrom(...STARTS),
    every: fc.integer({ min: 8, max: 60 }),
    overlap: fc.integer({ min: 1, max: 7 }),
    quiet: fc.integer({ min: 0, max: 2 }),
    nights: fc.array(night, { minLength: nights, maxLength: nights }),
  });

/** Never more than six in a row, which is what the slack of a lifetime allows for. */
function isMissed(missedBefore: number, { isMissed: wanted }: Night): boolean {
  return wanted && missedBefore < 6;
}

/** Somebody who reads the delivered value once in `refresh` days, and uses what was read until then. */
class Consumer {
  private value = "";
  private readOn = -Infinity;

  constructor(
    private readonly world: World,
    private readonly refresh: number,
  ) {}

  async call(day: number): Promise<void> {
    if (day - this.readOn >= this.refresh) {
      this.value = (await this.world.delivered())[0] ?? "";
      this.readOn = day;
    }
    if ((await this.world.gitlab.whoIs(this.value)) !== "bot") {
      throw new Error("the consumer was locked out");
    }
  }
}

async function live({ start, every, overlap, quiet, nights }: Schedule): Promise<void> {
  const rotation = { every: `${every}d`, overlap: `${overlap}d`, quiet_for: `${quiet}d` };
  const world = await World.build("ci_variable", { rotation }, { now: start });
  try {
    await apply(world);
    const consumer = new Consumer(world, overlap);
    const values = await world.delivered();
    let missed = 0;
    for (const [day, each] of nights.entries()) {
      await consumer.call(day);
      if (each.usesOldToken) await useOldest(world, values);
      await world.advance("P1D");
      await consumer.call(day + 1);
      missed = isMissed(missed, each) ? missed + 1 : 0;
      if (missed > 0) continue;
      await apply(world);
      values.push(...(await world.delivered()));
      await consumer.call(day + 1);
      await expectFewTokens(world);
    }
    await expectOldOnesEnd(world, values);
  } finally {
    await world.close();
  }
}

async function apply({ driver }: World): Promise<void> {
  const { diagnostics } = await driver.apply();
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  expect(errors).toEqual([]);
}

async function useOldest(world: World, values: readonly string[]): Promise<void> {
  for (const value of values) if ((await world.gitlab.whoIs(value)) === "bot") return;
}

/** Two, and a third only while an old one is held. */
async function expectFewTokens(world: World): Promise<void> {
  const live = (await world.liveTokens()).length;
  const previous = world.token["previous"] as { note: string }[];
  expect(live).toBe(1 + previous.length);
  const isHeld = previous.some(({ note }) => /^(held|its overlap is over)/.test(note));
  expect(live).toBeLessThanOrEqual(isHeld ? 3 : 2);
}

/** Undisturbed, everything but the present token is gone before long. */
async function expectOldOnesEnd(world: World, values: readonly string[]): Promise<void> {
  const isAlone = () => (world.token["previous"] as unknown[]).length === 0;
  for (let nights = 0; nights < 20 && !isAlone(); nights++) {
    await world.advance("P1D");
    await apply(world);
  }
  expect(isAlone()).toBe(true);
  const present = await world.delivered();
  for (const value of values.filter((each) => !present.includes(each))) {
    expect(await world.gitlab.whoIs(value)).toBeUndefined();
  }
}

test("400 nights at month ends, the leap day and midnight, with missed runs and lingering users, lock nobody out", async () => {
  const nights = Array.from({ length: 400 }, (_, at) => ({
    isMissed: at % 5 === 1 || at % 17 < 6,
    usesOldToken: at % 3 === 0,
  }));
  for (const [quiet, start] of STARTS.slice(0, 2).entries()) {
    await live({ start, every: 30, overlap: 3, quiet, nights });
  }
}, 180_000);

test("random schedules, misses and uses never lock the consumer out, nor pile up tokens", async () => {
  await fc.assert(fc.asyncProperty(schedule(45), live), { numRuns: 10, endOnFailure: true });
}, 180_000);
