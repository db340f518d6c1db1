import fc from "fast-check";
import type timers from "node:timers/promises";
import { foreseen, happen, initial, isAtRest } from "./machine";
import { COMMAND, EVENTS, FILE, POLICY, type Event, type State } from "./machine-state";
import type { Foreseen, Sight, Walker } from "./walker";

// Waits between attempts say nothing about what happens after them.
jest.mock("node:timers/promises", () => {
  const real = jest.requireActual<typeof timers>("node:timers/promises");
  const setTimeout: typeof real.setTimeout = (milliseconds = 0, value, options) =>
    real.setTimeout(milliseconds / 50, value, options);
  return { ...real, setTimeout };
});

/** Half of them begin with a file and a command, half with the file alone, in a test file each. */
const WALKS = Number(process.env["GLSA_WALKS"] ?? 10) / 2;
/** A provider process ends with its run; one that lived as long as all walks would remember the secrets of all. */
const WALKS_OF_A_PROCESS = 25;

/** Nights until one token is left, when nothing disturbs. */
const REST = POLICY.overlapDays + POLICY.quietForDays + 2;
const MOST_ALIVE = 10;

const event = fc.constantFrom(...EVENTS);
const night = fc.constant<Event>({ kind: "night" });
/** One kind of mishap again and again, as far as the limit of live tokens. */
const storm = fc
  .tuple(
    fc.constantFrom<readonly Event[]>(
      ...EVENTS.filter(({ kind }) => kind === "night" || kind === "asleep").map((each) => [each]),
      [{ kind: "command added" }, { kind: "used", which: "old" }, { kind: "command removed" }],
    ),
    fc.integer({ min: 2, max: 11 }),
  )
  .map(([each, times]) => Array.from({ length: times }, () => each).flat());
const walk = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: event.map((each) => [each]) },
      { weight: 4, arbitrary: night.map((each) => [each]) },
      { weight: 1, arbitrary: storm },
    ),
    { minLength: 8, maxLength: 20 },
  )
  .map((parts) => parts.flat());

const again = (times: number, ...events: Event[]): Event[] =>
  Array.from({ length: times }, () => events).flat();

/** Found at random once, and mended. */
const FOUND: readonly (readonly Event[])[] = [
  // A run that slept delivers a token whose overlap is over.
  [
    { kind: "revoked by hand", which: "present" },
    { kind: "asleep" },
    { kind: "night" },
    { kind: "used", which: "old" },
    { kind: "night" },
    { kind: "revoked by hand", which: "present" },
  ],
  // A run that slept revokes what is due once it has delivered, by what was used while it slept.
  [
    ...again(7, { kind: "night", kill: "made" }),
    { kind: "night" },
    { kind: "overwritten" },
    { kind: "asleep" },
    { kind: "revoked by hand", which: "present" },
    { kind: "missed" },
  ],
  // What a killed run left was used, so that there is no room for a further token.
  [
    ...again(2, { kind: "night" }),
    { kind: "keeper" },
    ...again(4, { kind: "night", fails: "command before" }),
    { kind: "night" },
    ...again(
      10,
      { kind: "command removed" },
      { kind: "command added" },
      { kind: "used", which: "old" },
    ),
    { kind: "night", kill: "delivered to the file" },
  ],
];

function expected(state: State): Sight {
  const isAlive = (id: number) => state.alive.some((token) => token.id === id);
  return {
    alive: state.alive.map(({ id, age, used }) => ({ id, age, used })),
    present: state.present,
    previous: state.previous.filter(({ id }) => isAlive(id)),
    file: state.destinations[FILE].content,
    command: state.destinations[COMMAND].content,
  };
}

function expectedPlan(state: State): Foreseen {
  const { step, revoke, release } = foreseen(state);
  const isMade = step === "make";
  return { isMade, retires: isMade || revoke.length + release.length > 0 };
}

const steps = { taken: 0, made: 0, walks: 0, crowded: 0 };

let loaded: Promise<{ readonly Walker: typeof Walker }> | undefined;

async function begin(hasCommand: boolean): Promise<Walker> {
  if (loaded === undefined || steps.walks % WALKS_OF_A_PROCESS === 0) {
    jest.resetModules();
    loaded = import("./walker");
  }
  return (await loaded).Walker.begin(hasCommand);
}

async function go(hasCommand: boolean, events: readonly Event[]): Promise<void> {
  const walker = await begin(hasCommand);
  const path: string[] = [];
  try {
    let state = initial(hasCommand);
    const take = async (each: Event): Promise<void> => {
      const step = happen(state, each);
      if (step === undefined) return;
      path.push(Object.values(each).join(" "));
      await walker.happen(each);
      ({ state } = step);
      expect(step.violations).toEqual([]);
      expect(await walker.see()).toEqual(expected(state));
      expect(state.alive.length).toBeLessThanOrEqual(MOST_ALIVE);
      steps.crowded = Math.max(steps.crowded, state.alive.length);
      steps.taken++;
    };
    for (const each of events) {
      await take(each);
      expect(await walker.plan()).toEqual(expectedPlan(state));
    }
    await take({ kind: "awake" });
    for (let nights = 0; nights < REST && !isAtRest(state); nights++) await take({ kind: "night" });
    expect(isAtRest(state)).toBe(true);
    expect(await walker.plan()).toEqual({ isMade: false, retires: false });
    expect(await walker.serves()).toBe(true);
    steps.made += state.nextId - 1;
    steps.walks++;
  } catch (cause) {
    const how = `${hasCommand ? "with" : "without"} a command: ${path.join(", ")}`;
    const said = walker.said.join("; ");
    throw new Error(`${how}\nsaid: ${said}\n${String(cause)}`, { cause });
  } finally {
    await walker.close();
  }
}

/** Holds the provider's own code against the machine at each step of many walks. */
export async function walkAtRandom(hasCommand: boolean): Promise<void> {
  const property = fc.asyncProperty(walk, (events) => go(hasCommand, events));
  const examples = FOUND.map((events): [Event[]] => [[...events]]);
  await fc.assert(property, { examples, numRuns: WALKS, endOnFailure: true });
  console.info(
    `${steps.walks} walks, ${steps.taken} steps, ${steps.made} tokens, at most ${steps.crowded} alive`,
  );
}
