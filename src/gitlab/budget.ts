import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type PQueue from "p-queue";

export interface BudgetLimits {
  readonly maxConcurrency: number;
  readonly maxRequestsPerMinute?: number;
  /** See `ClientSettings`. */
  readonly turn?: () => number;
}

/** Thrown instead of sending a request, or of waiting, once the run is being stopped. */
export class Stopped extends Error {
  constructor() {
    super("the run was told to stop");
    this.name = "Stopped";
  }
}

/** One budget of requests for everything in this process. */
export class RequestBudget {
  private queue: Promise<PQueue> | undefined;
  private pausedUntil = 0;
  private slowUntil = 0;
  private timer: NodeJS.Timeout | undefined;
  private readonly stopping = new AbortController();

  constructor(private readonly limits: BudgetLimits) {
    // One listener for each waiting request.
    setMaxListeners(0, this.stopping.signal);
  }

  /** Aborted once the run is being stopped. */
  get stopped(): AbortSignal {
    return this.stopping.signal;
  }

  /**
   * Sends a request when its turn comes, and never after the run is being stopped.
   * @param finishing sends it even then, unless it would have to wait: the request ends work that was begun before
   */
  async run<T>(request: () => Promise<T>, { finishing = false } = {}): Promise<T> {
    this.queue ??= createQueue(this.limits);
    const queue = await this.queue;
    if (this.stopped.aborted) {
      if (!finishing || Date.now() < this.pausedUntil) throw new Stopped();
      return queue.add(request);
    }
    const waiting = new AbortController();
    const leave = () => waiting.abort(new Stopped());
    this.stopped.addEventListener("abort", leave, { once: true });
    return queue.add(
      async () => {
        await this.turn(finishing);
        // From here on its response is worth waiting for.
        this.stopped.removeEventListener("abort", leave);
        return request();
      },
      { signal: waiting.signal },
    );
  }

  /** Waits for a limit that others share, and where the server asks for fewer requests. */
  private async turn(finishing: boolean): Promise<void> {
    for (;;) {
      const slow = this.slowUntil - Date.now();
      const wait = slow > 0 ? slow : (this.limits.turn?.() ?? 0);
      if (wait <= 0) return;
      try {
        await sleep(wait, undefined, { signal: this.stopped });
      } catch {
        if (finishing) return;
        throw new Stopped();
      }
    }
  }

  /** Starts no further request for a while, other than what ends begun work after a stop. */
  slowDown(milliseconds: number): void {
    this.slowUntil = Math.max(this.slowUntil, Date.now() + milliseconds);
  }

  /** Delays every request, since the server counts them together. Of several delays the longest applies. */
  async pause(milliseconds: number): Promise<void> {
    const queue = await this.queue;
    const end = Date.now() + milliseconds;
    if (queue === undefined || end <= this.pausedUntil || this.stopped.aborted) return;
    this.pausedUntil = end;
    queue.pause();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => queue.start(), milliseconds);
  }

  /** Every waiting request is refused, and no timer is left that keeps the process alive. */
  async stop(): Promise<void> {
    this.stopping.abort();
    clearTimeout(this.timer);
    (await this.queue)?.start();
  }
}

async function createQueue(limits: BudgetLimits): Promise<PQueue> {
  // Loaded late: a process that only returns a schema never sends a request.
  const { default: Queue } = await import("p-queue");
  return new Queue({
    concurrency: limits.maxConcurrency,
    ...(limits.maxRequestsPerMinute !== undefined && {
      interval: 60_000,
      intervalCap: limits.maxRequestsPerMinute,
    }),
  });
}
