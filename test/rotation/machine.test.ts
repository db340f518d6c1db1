import { DISTURBANCES, explore, MOST_ALIVE, nameOf, Rest, told, type Graph } from "./graph";
import { POLICY } from "./machine-state";

/** A full run looks further. */
const isFull = process.env["GLSA_WALKS"] !== undefined;

const mixed = explore({ disturbances: isFull ? 3 : 2 });

const TOGGLED = ["command added", "command removed"];
/** Much like others, so that only a full run follows them. */
const ALIKE = ["night delivered to the file", "night delivered", "night command after"];

/** One kind of disturbance, as often as it likes; the toggled destination takes tokens to the limit in a day. */
const freely = [
  ...DISTURBANCES.map((event) => [nameOf(event)]).filter(
    ([name = ""]) => isFull || !ALIKE.includes(name),
  ),
  TOGGLED,
  ...(isFull ? [["asleep", "awake"]] : []),
];
const storms = freely.map((free) => explore({ free }));
const graphs: readonly Graph[] = [mixed, ...storms];

/** Every state once, whichever graph it is in. */
const states = new Map(graphs.flatMap((graph) => [...graph.states]));

function slowest(isInUse: boolean, bound: number): string[] {
  const rest = new Rest(isInUse);
  return [...states.values()].flatMap(({ state, path }) => {
    const nights = rest.nightsFrom(state);
    return nights > bound ? [`${nights} nights: ${told(path)}`] : [];
  });
}

test("the graphs are closed, and each event of the machine happens", () => {
  const transitions = graphs.reduce((sum, graph) => sum + graph.transitions, 0);
  console.info(
    `${states.size} states, ${mixed.states.size} of them mixed, ${transitions} transitions`,
  );
  expect(states.size).toBeGreaterThan(60_000);
  const silent = DISTURBANCES.map(nameOf).filter((name) => !mixed.happened.has(name));
  expect(silent).toEqual([]);
});

test("in no state is a token revoked that a destination holds, nor one without its overlap, nor does a held one expire within the slack", () => {
  expect(graphs.flatMap(({ violations }) => violations).slice(0, 10)).toEqual([]);
});

test("in no state are more tokens alive than the limit, which is reached", () => {
  const alive = [...states.values()].map(({ state }) => state.alive.length);
  expect(alive.reduce((most, each) => Math.max(most, each), 0)).toBe(MOST_ALIVE);
});

test("from every state, undisturbed and unused, one token is left within overlap, quiet_for and 2 nights", () => {
  const bound = POLICY.overlapDays + POLICY.quietForDays + 2;
  expect(slowest(false, bound).slice(0, 10)).toEqual([]);
});

test("from every state, with every old token in use, within overlap, max_hold and 2 nights", () => {
  const bound = POLICY.overlapDays + POLICY.maxHoldDays + 2;
  expect(slowest(true, bound).slice(0, 10)).toEqual([]);
});
