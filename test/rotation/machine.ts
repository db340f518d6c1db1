import {
  decide,
  overlapsFrom,
  retirementOf,
  type Decision,
  type Holding,
  type Limits,
  type OldToken,
  type Situation,
} from "../../src/model";
import { inDays, inWholeDays, NOW, oldToken, withOverlap } from "./machine-days";
import {
  COMMAND,
  FILE,
  FOREIGN,
  keyOf,
  LIFETIME,
  NOTHING,
  POLICY,
  SLACK,
  type Destination,
  type Event,
  type Failure,
  type Kill,
  type State,
  type Step,
  type Token,
} from "./machine-state";

/*
 * One declaration's tokens, its two destinations and what happens to them, in whole days. What a run does is decided by
 * the function that the provider calls; the order of its steps is the provider's, and walks hold the two together.
 */

const EMPTY: Destination = {
  isDeclared: true,
  wasDelivered: false,
  hasFailed: false,
  content: NOTHING,
};

export function initial(hasCommand: boolean): State {
  const state: State = {
    nextId: 1,
    alive: [],
    present: null,
    previous: [],
    destinations: [EMPTY, { ...EMPTY, isDeclared: hasCommand }],
    asleep: null,
    knownAsleep: [],
    faults: 0,
    nightsSinceRun: 0,
  };
  return new Run(state, {}).go().state;
}

interface RunOptions {
  readonly kill?: Kill | "asleep";
  readonly fails?: Failure;
  readonly keeper?: boolean;
  readonly limits?: Limits;
}

class Killed extends Error {}

/** One apply, from the refresh to the written state. */
class Run {
  private alive: Token[];
  private nextId: number;
  private destinations: [Destination, Destination];
  private readonly strays: readonly Token[];
  private previous: OldToken[];
  private written: Partial<State> = {};
  private isDelivered = false;
  private asleep: Pick<State, "asleep" | "knownAsleep">;
  readonly violations: string[] = [];

  constructor(
    private readonly before: State,
    private readonly options: RunOptions,
  ) {
    this.alive = [...before.alive];
    this.nextId = before.nextId;
    this.destinations = [...before.destinations];
    this.asleep = before;
    const known = new Set([before.present, ...before.previous.map(({ id }) => id)]);
    this.strays = this.alive.filter(({ id }) => !known.has(id));
    this.previous = before.previous.flatMap(({ id, revokeIn }) => {
      const token = this.alive.find((each) => each.id === id);
      if (token === undefined) return [];
      return [oldToken(token, revokeIn === null ? null : inDays(revokeIn))];
    });
  }

  go(): Step {
    const { fails, kill } = this.options;
    let isKilled = false;
    try {
      this.apply();
    } catch (cause) {
      if (!(cause instanceof Killed)) throw cause;
      isKilled = true;
    }
    const isFaulty = isKilled || (fails !== undefined && this.nextId > this.before.nextId);
    const faults = this.isDelivered && !isKilled ? 0 : this.before.faults + (isFaulty ? 1 : 0);
    const hasRun = kill === undefined && fails === undefined;
    const state = {
      ...this.before,
      ...(isKilled ? {} : this.written),
      nextId: this.nextId,
      alive: this.alive,
      destinations: isKilled ? this.onlyContents() : this.destinations,
      asleep: this.asleep.asleep,
      knownAsleep: this.asleep.knownAsleep,
      faults,
      nightsSinceRun: hasRun ? 0 : this.before.nightsSinceRun,
    };
    return { state, violations: this.violations };
  }

  /** What a killed run knew of its deliveries is lost. */
  private onlyContents(): [Destination, Destination] {
    const [file, command] = this.before.destinations;
    return [
      { ...file, content: this.destinations[FILE].content },
      { ...command, content: this.destinations[COMMAND].content },
    ];
  }

  private apply(): void {
    const decision = this.foresee();
    if (decision.step === "make") return this.make();
    if (decision.step === "keep") return this.retire(decision);
    if (this.isDeclaredChange() || decision.revoke.length === 0)
      return this.write(this.before.present);
    this.retire(decide(this.unplanned(), this.options.limits));
  }

  foresee(): Decision {
    return this.decide({ strays: this.strays, isChanged: this.options.keeper === true });
  }

  /** What somebody declared is refused as long as it must wait. */
  private isDeclaredChange(): boolean {
    const { isDeclared, wasDelivered } = this.before.destinations[COMMAND];
    return this.options.keeper === true || (isDeclared && !wasDelivered);
  }

  /** An apply whose plan lets the token be only retires old ones. */
  private unplanned(): Situation {
    const { present, ...situation } = this.situation(this.strays);
    const kept = present === null ? null : { ...present, isReplacedWhenDead: false };
    return { ...situation, present: kept, dueOn: null, isChanged: false };
  }

  private retire(decision: Decision): void {
    this.revoke(decision);
    const overlaps = overlapsFrom(NOW, POLICY, { replaced: decision.release, strays: [] });
    this.previous = this.previous.map((token) => withOverlap(token, overlaps.get(token.id)));
    this.write(this.before.present);
  }

  private make(): void {
    let strays = this.strays;
    for (;;) {
      const { step, revoke } = this.decide({ strays, isChanged: true });
      if (step === "wait") return this.write(this.before.present);
      if (revoke.length === 0) break;
      this.revoke({ revoke });
      strays = strays.filter(({ id }) => !revoke.includes(id));
    }
    const made: Token = { id: this.nextId++, age: 0, used: null, held: null };
    this.alive.push(made);
    this.dieAt("made");
    this.alive = this.alive.map((token) => (token === made ? { ...made, used: 0 } : token));
    if (this.options.kill === "asleep") {
      this.asleep = { asleep: made.id, knownAsleep: this.known() };
      throw new Killed();
    }
    const hasFailed = this.deliver(made);
    if (hasFailed === undefined) return this.putBack(made);
    this.holdAgain();
    const present = this.alive.find(({ id }) => id === this.before.present);
    const waiting = this.previous.filter(({ revokeAt }) => revokeAt === null);
    const replaced = [...waiting, ...(present === undefined ? [] : [present])].map(({ id }) => id);
    const ids = { replaced, strays: strays.map(({ id }) => id) };
    const overlaps = hasFailed ? undefined : overlapsFrom(NOW, POLICY, ids);
    this.previous = [
      ...this.previous,
      ...(present === undefined ? [] : [oldToken(present, null)]),
      ...strays.map((stray) => oldToken(stray, null)),
    ]
      .map((token) => withOverlap(token, overlaps?.get(token.id)))
      .sort((one, other) => one.id - other.id);
    this.isDelivered = !hasFailed;
    this.dieAt("delivered");
    if (!hasFailed) this.revoke(decide(this.afterDelivery(made.id), this.options.limits));
    this.write(made.id);
  }

  /** Older tokens whose overlap has begun and does not begin again with this delivery. */
  private known(): State["previous"] {
    const { content } = this.before.destinations[FILE];
    return inWholeDays(this.previous).filter(
      ({ id, revokeIn }) => id !== content && revokeIn !== null,
    );
  }

  /** An older token that the file held until now has another overlap. */
  private holdAgain(): void {
    const { content, wasDelivered } = this.before.destinations[FILE];
    this.previous = this.previous.map((token) =>
      wasDelivered && token.id === content ? { ...token, revokeAt: null } : token,
    );
  }

  /** Every destination was just seen to hold it. */
  private afterDelivery(id: number): Situation {
    const present = { id, isAlive: true, isReplacedWhenDead: false };
    const situation = { ...this.situation([]), present, holdings: [] };
    return { ...situation, dueOn: null, isChanged: false };
  }

  /** Undefined where the file refused, so that nothing was delivered. */
  private deliver({ id }: Token): boolean | undefined {
    const { fails } = this.options;
    if (fails === "file") return undefined;
    this.put(FILE, { content: id, wasDelivered: true, hasFailed: false });
    this.dieAt("delivered to the file");
    if (!this.destinations[COMMAND].isDeclared) return false;
    const hasFailed = fails !== undefined;
    const content = fails === "command before" ? this.destinations[COMMAND].content : id;
    this.put(COMMAND, { content, wasDelivered: true, hasFailed });
    return hasFailed;
  }

  /** The new token is revoked, and everything is as before. */
  private putBack({ id }: Token): void {
    this.alive = this.alive.filter((token) => token.id !== id);
    this.write(this.before.present);
  }

  private put(at: 0 | 1, change: Partial<Destination>): void {
    this.destinations[at] = { ...this.destinations[at], ...change };
  }

  private revoke({ revoke }: Pick<Decision, "revoke">): void {
    for (const id of revoke) {
      const token = this.alive.find((each) => each.id === id);
      this.violations.push(...this.harmOf(id));
      this.alive = this.alive.filter((each) => each !== token);
      this.previous = this.previous.filter((each) => each.id !== id);
      this.dieAt("revoked");
    }
  }

  private harmOf(id: number): string[] {
    const atMost = this.options.limits?.atMost ?? 10;
    // As documented: so many failures in a row that their tokens are all that is alive.
    if (this.before.faults >= atMost - 2) return [];
    const held = this.destinations.some((each) => each.isDeclared && each.content === id);
    const entry = this.previous.find((each) => each.id === id);
    const isOver = entry && ["due", "overdue"].includes(retirementOf(entry, POLICY, NOW));
    const since = this.alive.find((each) => each.id === id)?.held ?? Infinity;
    return [
      ...(held ? [`token ${id} is revoked and a destination holds it`] : []),
      ...(isOver && since < POLICY.overlapDays ? [`token ${id} has had no overlap`] : []),
    ];
  }

  private write(present: number | null): void {
    this.written = { present, previous: inWholeDays(this.previous) };
  }

  private dieAt(kill: Kill): void {
    if (this.options.kill === kill) throw new Killed();
  }

  private decide(seen: { strays: readonly Token[]; isChanged: boolean }): Decision {
    return decide(situationOf(this, seen), this.options.limits);
  }

  situation(strays: readonly Token[]): Omit<Situation, "isChanged"> {
    const { present } = this.before;
    const current = this.alive.find(({ id }) => id === present);
    return {
      now: NOW,
      policy: POLICY,
      present:
        present === null
          ? null
          : { id: present, isAlive: current !== undefined, isReplacedWhenDead: true },
      previous: this.previous,
      strays: strays.map((stray) => oldToken(stray, null)),
      holdings: this.destinations
        .filter(({ isDeclared }) => isDeclared)
        .map((each) => holdingOf(each, each === this.destinations[FILE], present)),
      dueOn: current === undefined ? null : inDays(POLICY.everyDays - current.age).slice(0, 10),
      leaked: new Set(),
      untouchable: new Set(),
    };
  }
}

function situationOf(
  run: Run,
  { strays, isChanged }: { strays: readonly Token[]; isChanged: boolean },
): Situation {
  return { ...run.situation(strays), isChanged };
}

function holdingOf(
  { wasDelivered, hasFailed, content }: Destination,
  isVisible: boolean,
  present: number | null,
): Holding {
  if (!wasDelivered) return "nothing";
  if (!isVisible) return hasFailed ? "undelivered" : "present";
  if (content === present) return "present";
  return content === NOTHING ? "nothing" : "other";
}

/** What comes of an event; undefined where it cannot happen. */
export function happen(state: State, event: Event, limits?: Limits): Step | undefined {
  const quietly = (changed: State): Step => ({ state: changed, violations: [] });
  const run = (changed: State, options: RunOptions = {}) =>
    new Run(changed, { ...options, limits }).go();
  switch (event.kind) {
    case "night": {
      const night = afterNight(state);
      const { kill, fails } = event;
      const step = run(night.state, { kill, fails });
      return { ...step, violations: [...night.violations, ...step.violations] };
    }
    case "missed":
      return afterNight(state);
    case "keeper":
      return run(state, { keeper: true });
    case "command added":
    case "command removed": {
      const isDeclared = event.kind === "command added";
      const [file, command] = state.destinations;
      if (command.isDeclared === isDeclared) return undefined;
      const changed = { ...EMPTY, isDeclared };
      return run({ ...state, destinations: [file, changed] });
    }
    case "emptied":
    case "overwritten": {
      const [file, command] = state.destinations;
      const content = event.kind === "emptied" ? NOTHING : FOREIGN;
      if (file.content === content) return undefined;
      return quietly({ ...state, destinations: [{ ...file, content }, command] });
    }
    case "revoked by hand":
      return revokedByHand(state, event.which);
    case "used":
      return quietly(used(state, event.which));
    case "asleep": {
      if (state.asleep !== null) return undefined;
      const night = afterNight(state);
      const step = run(night.state, { kill: "asleep" });
      return { ...step, violations: [...night.violations, ...step.violations] };
    }
    case "awake":
      return state.asleep === null ? undefined : awake(state, state.asleep);
  }
}

/** Everybody is a day older, and what expires ends. */
function afterNight(state: State): Step {
  const older = state.alive.map((token) => {
    const isHeld = isHeldSomewhere(state, token.id);
    return {
      ...token,
      age: token.age + 1,
      used: token.used === null ? null : token.used + 1,
      held: isHeld ? 0 : token.held === null ? null : token.held + 1,
    };
  });
  const nightsSinceRun = state.nightsSinceRun + 1;
  const expired = older.filter(({ age }) => age >= LIFETIME);
  const isEarly = nightsSinceRun <= SLACK + POLICY.overlapDays;
  const violations = expired
    .filter(({ id }) => isEarly && isHeldSomewhere(state, id))
    .map(({ id }) => `token ${id} expires within the slack, and a destination holds it`);
  const dayLater = ({ id, revokeIn }: State["previous"][number]) => ({
    id,
    revokeIn: revokeIn === null ? null : revokeIn - 1,
  });
  const previous = state.previous.map(dayLater);
  const knownAsleep = state.knownAsleep.map(dayLater);
  const alive = older.filter(({ age }) => age < LIFETIME);
  return { state: { ...state, alive, previous, knownAsleep, nightsSinceRun }, violations };
}

function isHeldSomewhere({ destinations }: State, id: number): boolean {
  return destinations.some((each) => each.isDeclared && each.content === id);
}

function revokedByHand(state: State, which: "present" | "oldest"): Step | undefined {
  const id = which === "present" ? state.present : state.previous[0]?.id;
  if (!state.alive.some((token) => token.id === id)) return undefined;
  const alive = state.alive.filter((token) => token.id !== id);
  return { state: { ...state, alive }, violations: [] };
}

export function used(state: State, which: "delivered" | "old"): State {
  const isUsed = ({ id }: Token) =>
    which === "delivered" ? isHeldSomewhere(state, id) : id !== state.present;
  const alive = state.alive.map((token) => (isUsed(token) ? { ...token, used: 0 } : token));
  return { ...state, alive };
}

/**
 * It delivers what still works, unless a newer one was made, and revokes what is due by then; its state is not written,
 * since others wrote since.
 */
function awake(state: State, id: number): Step {
  const isAlive = state.alive.some((token) => token.id === id);
  const isOvertaken = state.nextId - 1 > id;
  const woken = { ...state, asleep: null, knownAsleep: [] };
  if (!isAlive || isOvertaken) return { state: woken, violations: [] };
  const [file, command] = state.destinations;
  const over = state.alive.filter((token) => isOverFor(state, token));
  const alive = state.alive
    .filter((token) => !over.includes(token))
    .map((token) => (token.id === id ? { ...token, used: 0 } : token));
  const filled = (each: Destination) => (each.isDeclared ? { ...each, content: id } : each);
  return {
    state: { ...woken, alive, destinations: [filled(file), filled(command)] },
    violations: over
      .filter(({ held }) => held !== null && held < POLICY.overlapDays)
      .map((token) => `token ${token.id} has had no overlap`),
  };
}

function isOverFor({ knownAsleep }: State, { id, used: days }: Token): boolean {
  const entry = knownAsleep.find((each) => each.id === id);
  if (entry === undefined || entry.revokeIn === null) return false;
  const token = {
    revokeAt: inDays(entry.revokeIn),
    lastUsedAt: days === null ? null : inDays(-days),
  };
  return ["due", "overdue"].includes(retirementOf(token, POLICY, NOW));
}

/** What a plan would say. */
export function foreseen(state: State): Decision {
  return new Run(state, {}).foresee();
}

/** One token, delivered everywhere, and nothing left to do. */
export function isAtRest(state: State, limits?: Limits): boolean {
  const { alive, present, destinations } = state;
  if (alive.length !== 1 || alive[0]?.id !== present) return false;
  const isHeld = destinations.every((each) => !each.isDeclared || each.content === present);
  const { state: next } = new Run(state, { limits }).go();
  return isHeld && keyOf(next) === keyOf({ ...state, nightsSinceRun: 0 });
}
