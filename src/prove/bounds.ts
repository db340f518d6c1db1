/** What one run may cost the instance at most. docs/prove.md and the command tell the same. */
export interface Bounds {
  /** Requests of the proof itself, the first look at the group included. */
  readonly requests: number;
  /** Accounts, tokens, memberships, variables, groups and projects created. */
  readonly objects: number;
  readonly minutes: number;
  /** Requests kept back for removing what was made. */
  readonly cleaningRequests: number;
  /** Minutes kept back for the same. */
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

/** A bound is reached: nothing more is asked. */
export class BoundReached extends Error {
  constructor(bound: string) {
    super(`The run ends because it reached its bound of ${bound}.`);
    this.name = "BoundReached";
  }
}

/** Counts what a run costs, and ends it where it would cost more. */
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

  /** From here on the part of the budget is spent that was kept back. */
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

  /** Milliseconds that are left. */
  get left(): number {
    return Math.max(0, this.until - this.now());
  }
}
