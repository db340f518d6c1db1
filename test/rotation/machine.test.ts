import { happen, initial, isAtRest, used } from "./machine";
import { canonical, EVENTS, POLICY, type Event, type State } from "./machine-state";

/** Fewer than in production, so that its end is reached in few events. */
const LIMITS = { bySchedule: 3, atMost: 5 };

/** A full run looks further. */
const DEPTH = process.env["GLSA_WALKS"] === undefined ? 4 : 6;

interface Reached {
  readonly state: State;
  readonly path: readonly Event[];
}

interface Graph {
  readonly states: readonly Reached[];
  readonly transitions: number;
  readonly violations: readonly string[];
}

/** Every state that so many events lead to. */
function explore(depth: number): Graph {
  const found = new Map<string, Reached>();
  const violations: string[] = [];
  let transitions = 0;
  let edge: Reached[] = [];
  const add = (state: State, path: readonly Event[]) => {
    const reached = { state: canonical(state, LIMITS.atMost), path };
    const key = JSON.stringify(reached.state);
    if (found.has(key)) return;
    found.set(key, reached);
    edge.push(reached);
  };
  for (const hasCommand of [false, true]) {
    add(initial(hasCommand), []);
    add(onTheEveOfRotation(initial(hasCommand)), []);
  }
  for (let at = 0; at < depth; at++) {
    const from = edge;
    edge = [];
    for (const { state, path } of from) {
      for (const event of EVENTS) {
        const step = happen(state, event, LIMITS);
        if (step === undefined) continue;
        transitions++;
        violations.push(...step.violations.map((each) => `${each}: ${told([...path, event])}`));
        add(step.state, [...path, event]);
      }
    }
  }
  return { states: [...found.values()], transitions, violations };
}

function onTheEveOfRotation(state: State): State {
  let now = state;
  for (let night = 1; night < POLICY.everyDays; night++) {
    now = happen(now, { kind: "night" }, LIMITS)?.state ?? now;
  }
  return now;
}

function told(path: readonly Event[]): string {
  return path.map((event) => Object.values(event).join(" ")).join(", ");
}

/** Undisturbed nights until there is one token, delivered everywhere, and nothing to do. */
function nightsToRest(state: State, isInUse: boolean): number {
  let now: State = { ...state, asleep: null };
  for (let nights = 0; nights < 20; nights++) {
    if (isAtRest(now, LIMITS)) return nights;
    if (isInUse) now = used(now, "old");
    now = canonical(happen(now, { kind: "night" }, LIMITS)?.state ?? now, LIMITS.atMost);
  }
  return Infinity;
}

const graph = explore(DEPTH);

function slowest(states: readonly Reached[], isInUse: boolean, bound: number): string[] {
  return states
    .map(({ state, path }) => ({ path, nights: nightsToRest(state, isInUse) }))
    .filter(({ nights }) => nights > bound)
    .map(({ path, nights }) => `${nights} nights: ${told(path)}`);
}

test("thousands of states are looked at, and each event of the machine happens", () => {
  console.info(`${graph.states.length} states, ${graph.transitions} transitions`);
  expect(graph.states.length).toBeGreaterThan(2_000);
  expect(graph.transitions).toBeGreaterThan(graph.states.length);
  const happened = new Set(graph.states.flatMap(({ path }) => path.map((event) => told([event]))));
  const silent = EVENTS.map((event) => told([event])).filter((each) => !happened.has(each));
  expect(silent).toEqual([]);
});

test("in no state is a token revoked that a destination holds, nor one without its overlap, nor does a held one expire within the slack", () => {
  expect(graph.violations).toEqual([]);
});

test("in no state are more tokens alive than the limit", () => {
  const crowded = graph.states.filter(({ state }) => state.alive.length > LIMITS.atMost);
  expect(crowded.map(({ path }) => told(path))).toEqual([]);
});

test("from every state, undisturbed and unused, one token is left within overlap, quiet_for and 2 nights", () => {
  const bound = POLICY.overlapDays + POLICY.quietForDays + 2;
  expect(slowest(graph.states, false, bound)).toEqual([]);
});

test("from every state below the limit, with every old token in use, within overlap, hold_at_most and 2 nights", () => {
  const bound = POLICY.overlapDays + POLICY.holdAtMostDays + 2;
  const below = graph.states.filter(({ state }) => state.alive.length < LIMITS.atMost);
  expect(slowest(below, true, bound)).toEqual([]);
});
