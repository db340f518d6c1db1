import type { RotationPolicy } from "../../src/model";

export const POLICY: RotationPolicy = {
  everyDays: 4,
  overlapDays: 1,
  lifetimeDays: 7,
  quietForDays: 1,
  maxHoldDays: 1,
};
export const LIFETIME = 7;
export const SLACK = 2;

/** A file, whose old value can be put back, and a command, of which nothing can be seen. */
export const FILE = 0;
export const COMMAND = 1;
export const NOTHING = 0;
export const FOREIGN = -1;

export interface Token {
  readonly id: number;
  readonly age: number;
  /** Days since its last use; null when it was never used. */
  readonly used: number | null;
  /** Days since a destination last held it; null when none ever did. */
  readonly held: number | null;
}

export interface Destination {
  readonly isDeclared: boolean;
  readonly wasDelivered: boolean;
  readonly hasFailed: boolean;
  /** What it really holds: a token's number, nothing, or something foreign. */
  readonly content: number;
}

export interface State {
  readonly nextId: number;
  readonly alive: readonly Token[];
  /** What the engine's state says. */
  readonly present: number | null;
  readonly previous: readonly { readonly id: number; readonly revokeIn: number | null }[];
  readonly destinations: readonly [Destination, Destination];
  /** The token of a run that sleeps between making and delivering it. */
  readonly asleep: number | null;
  /** The older tokens with an overlap, as that run knew them. */
  readonly knownAsleep: State["previous"];
  /** Runs that failed or were killed since the last full delivery. */
  readonly faults: number;
  /** Nights since a run came through. */
  readonly nightsSinceRun: number;
}

export const KILLS = ["made", "delivered to the file", "delivered", "revoked"] as const;
export type Kill = (typeof KILLS)[number];

export type Event =
  | { readonly kind: "night"; readonly kill?: Kill; readonly fails?: Failure }
  | { readonly kind: "missed" }
  | { readonly kind: "keeper" }
  | { readonly kind: "command added" }
  | { readonly kind: "command removed" }
  | { readonly kind: "emptied" }
  | { readonly kind: "overwritten" }
  | { readonly kind: "revoked by hand"; readonly which: "present" | "oldest" }
  | { readonly kind: "used"; readonly which: "delivered" | "old" }
  | { readonly kind: "asleep" }
  | { readonly kind: "awake" };

/** A file that refuses; a command that fails before or after it has taken the value. */
export type Failure = "file" | "command before" | "command after";

export interface Step {
  readonly state: State;
  /** What must not have happened. */
  readonly violations: readonly string[];
}

export const EVENTS: readonly Event[] = [
  { kind: "night" },
  ...KILLS.map((kill) => ({ kind: "night", kill }) as const),
  { kind: "night", fails: "file" },
  { kind: "night", fails: "command before" },
  { kind: "night", fails: "command after" },
  { kind: "missed" },
  { kind: "keeper" },
  { kind: "command added" },
  { kind: "command removed" },
  { kind: "emptied" },
  { kind: "overwritten" },
  { kind: "revoked by hand", which: "present" },
  { kind: "revoked by hand", which: "oldest" },
  { kind: "used", which: "delivered" },
  { kind: "used", which: "old" },
  { kind: "asleep" },
  { kind: "awake" },
];

/** The same for states that differ only in what makes no difference: numbers count from the oldest token. */
export function canonical(state: State, mostFaults: number): State {
  const ids = new Map<number, number>();
  const contents = state.destinations.map(({ content }) => content).filter((id) => id > 0);
  const known = [
    ...state.alive.map(({ id }) => id),
    ...(state.present === null ? [] : [state.present]),
    ...contents,
    ...(state.asleep === null ? [] : [state.asleep]),
  ];
  for (const id of [...new Set(known)].sort((one, other) => one - other)) ids.set(id, ids.size + 1);
  const numberOf = (id: number) => ids.get(id) ?? id;
  // That a newer one was made than the one that sleeps, even where it is gone.
  const isOvertaken = state.asleep !== null && state.nextId - 1 > state.asleep;
  const leastNext = isOvertaken ? numberOf(state.asleep) + 2 : 1;
  return {
    nextId: Math.max(ids.size + 1, leastNext),
    alive: state.alive
      .map(({ id, age, used: days, held }) => ({
        id: numberOf(id),
        age,
        used: days === null ? null : Math.min(days, POLICY.quietForDays + 1),
        held: held === null || held >= POLICY.overlapDays ? null : held,
      }))
      .sort((one, other) => one.id - other.id),
    present: state.present === null ? null : numberOf(state.present),
    previous: canonicalPrevious(state, state.previous, numberOf),
    destinations: [
      canonicalDestination(state.destinations[FILE], numberOf),
      canonicalDestination(state.destinations[COMMAND], numberOf),
    ],
    asleep: state.asleep === null ? null : numberOf(state.asleep),
    knownAsleep: canonicalPrevious(state, state.knownAsleep, numberOf),
    faults: Math.min(state.faults, mostFaults),
    nightsSinceRun: Math.min(state.nightsSinceRun, SLACK + POLICY.overlapDays + 1),
  };
}

function canonicalPrevious(
  { alive }: State,
  entries: State["previous"],
  numberOf: (id: number) => number,
): State["previous"] {
  return entries
    .filter(({ id }) => alive.some((token) => token.id === id))
    .map(({ id, revokeIn }) => ({
      id: numberOf(id),
      revokeIn: revokeIn === null ? null : Math.max(revokeIn, -POLICY.maxHoldDays),
    }));
}

function canonicalDestination(each: Destination, numberOf: (id: number) => number): Destination {
  return { ...each, content: each.content > 0 ? numberOf(each.content) : each.content };
}

export function keyOf(state: State): string {
  return JSON.stringify(canonical(state, 100));
}
