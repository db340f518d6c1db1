import { setTimeout as delay } from "node:timers/promises";
import { solitaryLedger, type Ledger } from "../../run";

/** A destination outside of GitLab, which tokens of two instances can share. */
const OUTSIDE = /^(file|vault|command) /;

/** Engines process ten objects at once by default. With that many in progress, an object may have had to queue. */
const CROWDED = 8;

/** Milliseconds within which an engine with free capacity requests every object that waits for nothing. */
const TIME_TO_ASK = 250;

/**
 * What each address holds during one walk of a run, in this provider configuration and in all others of the run. An
 * engine creates, changes and destroys in any order or at once. An object that one address destroys must not be
 * created, adopted or kept by another, and no two addresses may have one object.
 * Objects of two GitLabs are independent.
 */
export class Claims {
  private readonly own = new Map<string, Set<string>>();
  private readonly released = new Set<string>();
  private readonly holders = new Map<string, string>();
  private readonly planners = new Map<string, string>();
  private readonly keys = new Map<string, string>();
  private readonly freed = new Map<string, bigint>();
  private readonly seen = new Map<string, bigint>();
  private readonly queues = new Map<string, Promise<void>>();
  private inFlight = 0;
  private readonly watches = new Set<{ most: number }>();
  private isTroubleTold = false;

  constructor(
    private readonly ledger: Ledger = solitaryLedger(),
    private readonly instance = "",
  ) {}

  /** Called by a creation, before it checks what exists. */
  claim(object: string): void {
    this.tell("claim", object);
  }

  isClaimed(object: string): boolean {
    return this.isTold("claim", object);
  }

  /**
   * Called by plans. True if another address of this plan has the opposite intention for the same object. The last plan
   * of an address counts.
   */
  planned(object: string, intention: "keep" | "destroy", address?: string): boolean {
    const opposite = intention === "keep" ? "destroy" : "keep";
    if (address !== undefined && this.planners.get(`${opposite} ${object}`) === address) {
      this.takeBack(opposite, object);
    }
    if (address !== undefined) this.planners.set(`${intention} ${object}`, address);
    this.tell(intention, object);
    return this.isTold(opposite, object);
  }

  /** The same if one address may have two similar objects: only another configuration of the run contradicts. */
  plannedElsewhere(object: string, intention: "keep" | "destroy"): boolean {
    this.tell(`${intention}-elsewhere`, object);
    const opposite = intention === "keep" ? "destroy-elsewhere" : "keep-elsewhere";
    return this.isHeard(opposite, object);
  }

  /** Called by a destruction: what follows is no contradiction. */
  destroying(object: string): void {
    this.takeBack("destroy", object);
  }

  /** Called by a destruction right before its request. False if another configuration takes the object over. */
  mayDestroy(object: string): boolean {
    this.tell("destruction", object);
    return !this.isHeard("claim", object);
  }

  /** Called when it is over: whatever is created then is new. */
  destroyed(object: string): void {
    this.takeBack("destruction", object);
  }

  /** Called by an adoption right before its request. False if another configuration destroys the object. */
  mayAdopt(object: string): boolean {
    this.tell("claim", object);
    return !this.isHeard("destruction", object);
  }

  /** Called by a plan that will free a username, for the plan of the object that then takes it. */
  release(username: string): void {
    this.released.add(username.toLowerCase());
  }

  isReleased(username: string): boolean {
    return this.released.has(username.toLowerCase());
  }

  /** Called for a declaration when the engine first requests it. */
  see(object: string): void {
    if (!this.seen.has(object)) this.seen.set(object, this.ledger.now());
  }

  /**
   * Called by the plan of an account that gives its username up. Waits, so that the engine can request everything that
   * does not depend on this account.
   */
  async freeUsername(username: string): Promise<void> {
    const name = username.toLowerCase();
    if (this.freed.has(name) || !this.ledger.orderTells) return;
    if ((await this.mostInFlight(TIME_TO_ASK)) >= CROWDED) return;
    this.freed.set(name, this.ledger.now());
    this.ledger.tell("freed", this.scoped(name));
  }

  /**
   * Whether the username is given up before the object takes it, in the apply too. The engine had free capacity, and
   * still requested the object only after that was planned, because the one depends on the other.
   */
  isFreedBefore(username: string, object: string): boolean {
    const name = username.toLowerCase();
    const freedAt = this.freed.get(name) ?? this.ledger.heard("freed", this.scoped(name));
    const seenAt = this.seen.get(object);
    if (!this.ledger.orderTells || freedAt === undefined || seenAt === undefined) return false;
    return freedAt < seenAt;
  }

  /** Counts what the engine requests at the same time. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.inFlight += 1;
    for (const watch of this.watches) watch.most = Math.max(watch.most, this.inFlight);
    try {
      return await work();
    } finally {
      this.inFlight -= 1;
    }
  }

  private async mostInFlight(milliseconds: number): Promise<number> {
    const watch = { most: this.inFlight };
    this.watches.add(watch);
    await delay(milliseconds);
    this.watches.delete(watch);
    return watch.most;
  }

  /** Why this configuration cannot see the others of the run. Returned once. */
  untoldTrouble(): string | undefined {
    const { trouble } = this.ledger;
    if (trouble === undefined || this.isTroubleTold) return undefined;
    this.isTroubleTold = true;
    return trouble;
  }

  /** False if another declaration of this run has the object. A declaration may be planned more than once. */
  hold(object: string, holder: string): boolean {
    const present = this.holders.get(object);
    if (present === undefined) {
      this.holders.set(object, holder);
      this.ledger.tell("hold", this.scoped(object));
    }
    return (present ?? holder) === holder && !this.isHeard("hold", object);
  }

  /** False if another declaration of this run delivers there. */
  holdDestination(address: string, holder: string): boolean {
    return this.hold(address, holder);
  }

  /** False if another token of this run, with another name, has the key. */
  holdKey(key: string, tokenName: string): boolean {
    const present = this.keys.get(key) ?? tokenName;
    this.keys.set(key, present);
    return present === tokenName;
  }

  /** Called once for each declaration of a walk. False if there was one of the same name before. */
  declare(name: string): boolean {
    const isFirst = this.own.get("declare")?.has(name) !== true;
    this.tell("declare", name);
    return isFirst && !this.isHeard("declare", name);
  }

  /** True when another declaration of this run declares it in the other way. */
  declaredOtherwise(object: string, way: "together" | "separately"): boolean {
    this.tell(`declared-${way}`, object);
    return this.isTold(`declared-${way === "together" ? "separately" : "together"}`, object);
  }

  /** True once in a run, over all its configurations and walks. */
  isFirst(what: string): boolean {
    return this.ledger.isFirst(this.scoped(what));
  }

  /** Runs one operation at a time for each object. */
  async exclusively<T>(object: string, work: () => Promise<T>): Promise<T> {
    const before = this.queues.get(object) ?? Promise.resolve();
    const result = before.then(work);
    this.queues.set(
      object,
      result.then(
        () => undefined,
        () => undefined,
      ),
    );
    return result;
  }

  private tell(topic: string, object: string): void {
    const told = this.own.get(topic) ?? new Set();
    this.own.set(topic, told);
    if (told.has(object)) return;
    told.add(object);
    this.ledger.tell(topic, this.scoped(object));
  }

  private takeBack(topic: string, object: string): void {
    if (this.own.get(topic)?.delete(object)) this.ledger.retract(topic, this.scoped(object));
  }

  private isTold(topic: string, object: string): boolean {
    return this.own.get(topic)?.has(object) === true || this.isHeard(topic, object);
  }

  private isHeard(topic: string, object: string): boolean {
    return this.ledger.heard(topic, this.scoped(object)) !== undefined;
  }

  private scoped(object: string): string {
    return OUTSIDE.test(object) ? object : `${this.instance} ${object}`;
  }
}
