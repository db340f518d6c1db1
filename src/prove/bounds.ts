/** The maximum cost of one run for the instance. docs/prove.md and the command state the same. */
export interface Bounds {
  /** Requests of the proof itself, including the first look at the group. */
  readonly requests: number;
  /** Accounts, tokens, memberships, variables, groups and projects created. */
  readonly objects: number;
  readonly minutes: number;
  /** Requests reserved for removing what was created. */
  readonly cleaningRequests: number;
  /** Minutes reserved for the same. */
  readonly cleaningMinutes: number;
}

export const BOUNDS: Bounds = {
  requests: 700,
  objects: 60,
  minutes: 20,
  cleaningRequests: 300,
  cleaningMinutes: 10,
};

const MINUTE = 60_000;

/** A limit is reached: no more requests are sent. */
export class BoundReached extends Error {
  constructor(bound: string) {
    super(`The run ends because it reached its bound of ${bound}.`);
    this.name = "BoundReached";
  }
}

/** Counts the cost of a run, and ends it before the limit. */
export class Budget {
  requests = 0;
  objects = 0;
  private until: number;
  private mostRequests: number;
  private isCleaning = false;

  constructor(
    private readonly bounds: Bounds,
    private readonly now: () => number = Date.now,
  ) {
    this.mostRequests = bounds.requests;
    this.until = now() + bounds.minutes * MINUTE;
  }

  /** From here on the reserved part of the budget is spent. */
  beginCleaning(): void {
    if (this.isCleaning) return;
    this.isCleaning = true;
    this.mostRequests = this.requests + this.bounds.cleaningRequests;
    this.until = this.now() + this.bounds.cleaningMinutes * MINUTE;
  }

  beforeRequest(mayCreate: boolean): void {
    const { bounds, isCleaning } = this;
    const requests = isCleaning ? bounds.cleaningRequests : bounds.requests;
    const minutes = isCleaning ? bounds.cleaningMinutes : bounds.minutes;
    if (this.requests >= this.mostRequests) throw new BoundReached(`${requests} requests`);
    if (this.now() >= this.until) throw new BoundReached(`${minutes} minutes`);
    if (mayCreate && this.objects >= bounds.objects) {
      throw new BoundReached(`${bounds.objects} created objects`);
    }
    this.requests++;
  }

  /** The milliseconds that are left. */
  get left(): number {
    return Math.max(0, this.until - this.now());
  }
}
