import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import type { Budget } from "../bounds";
import type { Ask, Incoming, Outgoing } from "./target";
import type { Territory } from "./territory";

/** A request that would write outside of the group. It was not sent. */
export class OutsideGroup extends Error {
  constructor({ method, path }: Outgoing) {
    super(
      `${method} ${path} would write outside of the group and was not sent. This is a bug in glsa.`,
    );
    this.name = "OutsideGroup";
  }
}

/** The run was stopped. */
export class Interrupted extends Error {
  constructor() {
    super("The run was interrupted.");
    this.name = "Interrupted";
  }
}

export interface Exchange {
  readonly outgoing: Outgoing;
  readonly incoming: Incoming;
}

const SECOND = 1000;
const TOO_MANY = 429;
const DEFAULT_WAIT = 20;
const LONGEST_WAIT = 90;

export interface RecorderSettings {
  readonly ask: Ask;
  readonly budget: Budget;
  readonly signal: AbortSignal;
}

/**
 * Sends requests to the instance, one after the other, within the limits and inside the group, and keeps those about
 * the run's own objects.
 */
export class Recorder {
  /** Undefined before the group is known. Until then nothing may be written. */
  territory: Territory | undefined;
  /** Reads of other objects: they are sent, but neither kept nor compared. */
  leftOut = 0;
  private track: Exchange[] = [];
  private last: Promise<unknown> = Promise.resolve();
  private isCleaning = false;

  constructor(private readonly settings: RecorderSettings) {}

  /** From here on nothing is kept, and an interruption does not stop requests. */
  beginCleaning(): void {
    this.isCleaning = true;
    this.settings.budget.beginCleaning();
  }

  /** The requests since the last call. */
  takeTrack(): Exchange[] {
    const { track } = this;
    this.track = [];
    return track;
  }

  /** Keeps the exchange if it shows only the run's own objects. */
  ask(outgoing: Outgoing): Promise<Incoming> {
    return this.inTurn(async () => {
      const incoming = await this.sendWithin(outgoing);
      this.keep({ outgoing, incoming });
      return incoming;
    });
  }

  /** Does not keep it: for looking around, and for cleaning. */
  look(outgoing: Outgoing): Promise<Incoming> {
    return this.inTurn(() => this.sendWithin(outgoing));
  }

  private inTurn(work: () => Promise<Incoming>): Promise<Incoming> {
    const result = this.last.then(work);
    this.last = result.catch(() => undefined);
    return result;
  }

  /** A limiter's refusals say nothing about the instance, so the request is repeated. */
  private async sendWithin(outgoing: Outgoing): Promise<Incoming> {
    for (;;) {
      const incoming = await this.sendOnce(outgoing);
      if (incoming.status !== TOO_MANY) return incoming;
      const asked = Number([incoming.headers["Retry-After"] ?? DEFAULT_WAIT].flat()[0]);
      const seconds = asked > 0 ? Math.min(asked, LONGEST_WAIT) : DEFAULT_WAIT;
      await this.pause(Math.min(seconds * SECOND, this.settings.budget.left));
    }
  }

  /** Waits, unless the run is stopped. */
  async pause(milliseconds: number): Promise<void> {
    const signal = this.isCleaning ? undefined : this.settings.signal;
    await sleep(milliseconds, undefined, { ...(signal && { signal }) }).catch(() => undefined);
  }

  private async sendOnce(outgoing: Outgoing): Promise<Incoming> {
    const { ask, budget, signal } = this.settings;
    if (signal.aborted && !this.isCleaning) throw new Interrupted();
    const isWrite = outgoing.method !== "GET";
    if (isWrite && this.territory?.allows(outgoing) !== true) throw new OutsideGroup(outgoing);
    budget.beforeRequest(outgoing.method === "POST");
    // Not ended by an interruption: a request in progress may take effect after the cleaning.
    const incoming = await ask(outgoing);
    if (this.territory?.learn(outgoing, incoming)) budget.objects++;
    return incoming;
  }

  private keep(exchange: Exchange): void {
    if (this.territory?.isInside(exchange.outgoing) !== true) {
      this.leftOut++;
      return;
    }
    const before = this.track.at(-1)?.outgoing;
    const isRepeated =
      exchange.outgoing.method === "GET" && isDeepStrictEqual(before, exchange.outgoing);
    // Of a read that is repeated, only the last response is kept.
    if (isRepeated) this.track.pop();
    this.track.push(exchange);
  }
}
