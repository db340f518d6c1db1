import { happen, initial, isAtRest, used } from "./machine";
import { canonical, EVENTS, type Event, type State } from "./machine-state";

/** As in production. */
export const MOST_ALIVE = 10;

export interface Reached {
  readonly state: State;
  readonly path: readonly Event[];
}

export interface Graph {
  readonly states: ReadonlyMap<string, Reached>;
  readonly transitions: number;
  readonly violations: readonly string[];
  /** Events that led somewhere. */
  readonly happened: ReadonlySet<string>;
}

export function nameOf(event: Event): string {
  return Object.values(event).join(" ");
}

export function told(path: readonly Event[]): string {
  return path.map(nameOf).join(", ");
}

/** What may happen at any time and as often as it likes. */
const ORDINARY = new Set(["night", "missed", "used delivered", "used old"]);

export const DISTURBANCES = EVENTS.filter((event) => !ORDINARY.has(nameOf(event)));

interface Bounds {
  /** As often as they like, like the ordinary ones. */
  readonly free?: readonly string[];
  /** How many others, in whatever order. */
  readonly disturbances?: number;
}

/** Every state that there is: it ends when no event leads to a further one. */
export function explore({ free = [], disturbances = 0 }: Bounds): Graph {
  return new Exploration(new Set([...ORDINARY, ...free])).go(disturbances);
}

class Exploration {
  private readonly states = new Map<string, Reached>();
  /** How many disturbances may still come from a state. */
  private readonly left = new Map<string, number>();
  private readonly violations: string[] = [];
  private readonly happened = new Set<string>();
  private transitions = 0;
  private edge: string[] = [];

  constructor(private readonly free: ReadonlySet<string>) {}

  go(disturbances: number): Graph {
    for (const hasCommand of [false, true]) this.add(initial(hasCommand), [], disturbances);
    while (this.edge.length > 0) {
      const from = this.edge;
      this.edge = [];
      for (const key of from) this.follow(key);
    }
    const { states, transitions, violations, happened } = this;
    return { states, transitions, violations, happened };
  }

  private follow(key: string): void {
    const reached = this.states.get(key);
    if (reached === undefined) return;
    for (const event of EVENTS) {
      const left = (this.left.get(key) ?? 0) - (this.free.has(nameOf(event)) ? 0 : 1);
      if (left >= 0) this.take(event, reached, left);
    }
  }

  private take(event: Event, { state, path }: Reached, left: number): void {
    const step = happen(state, event);
    if (step === undefined) return;
    const way = [...path, event];
    this.transitions++;
    this.violations.push(...step.violations.map((each) => `${each}: ${told(way)}`));
    this.happened.add(nameOf(event));
    this.add(step.state, way, left);
  }

  private add(reached: State, path: readonly Event[], left: number): void {
    const state = canonical(reached, MOST_ALIVE);
    const key = JSON.stringify(state);
    if ((this.left.get(key) ?? -1) >= left) return;
    if (!this.states.has(key)) this.states.set(key, { state, path });
    this.left.set(key, left);
    this.edge.push(key);
  }
}

/** Undisturbed nights until there is one token, delivered everywhere, and nothing to do. */
export class Rest {
  private readonly known = new Map<string, number>();

  /** @param isInUse whether somebody uses every old token, every day */
  constructor(private readonly isInUse: boolean) {}

  nightsFrom(state: State): number {
    const way: string[] = [];
    let now = canonical({ ...state, asleep: null, knownAsleep: [] }, MOST_ALIVE);
    let nights: number | undefined;
    while (nights === undefined) {
      const key = JSON.stringify(now);
      nights = way.includes(key) ? Infinity : this.known.get(key);
      if (nights === undefined && isAtRest(now)) nights = 0;
      way.push(key);
      now = this.afterNight(now);
    }
    for (const [at, key] of way.reverse().entries()) this.known.set(key, nights + at);
    return nights + way.length - 1;
  }

  private afterNight(state: State): State {
    const before = this.isInUse ? used(state, "old") : state;
    return canonical(happen(before, { kind: "night" })?.state ?? before, MOST_ALIVE);
  }
}
