import type PQueue from "p-queue";

export interface BudgetLimits {
  readonly maxConcurrency: number;
  readonly maxRequestsPerMinute?: number;
}

/** One budget of requests that everything in this process shares. */
export class RequestBudget {
  private queue: Promise<PQueue> | undefined;
  private pausedUntil = 0;

  constructor(private readonly limits: BudgetLimits) {}

  async run<T>(request: () => Promise<T>): Promise<T> {
    this.queue ??= createQueue(this.limits);
    const queue = await this.queue;
    return queue.add(request);
  }

  /** Holds back every request, since the server counts them together; of several waits the longest counts. */
  async pause(milliseconds: number): Promise<void> {
    const queue = await this.queue;
    const end = Date.now() + milliseconds;
    if (queue === undefined || end <= this.pausedUntil) return;
    this.pausedUntil = end;
    queue.pause();
    setTimeout(() => {
      if (this.pausedUntil === end) queue.start();
    }, milliseconds);
  }
}

async function createQueue(limits: BudgetLimits): Promise<PQueue> {
  // Loaded late: a process that only answers a schema never sends a request.
  const { default: Queue } = await import("p-queue");
  return new Queue({
    concurrency: limits.maxConcurrency,
    ...(limits.maxRequestsPerMinute !== undefined && {
      interval: 60_000,
      intervalCap: limits.maxRequestsPerMinute,
    }),
  });
}
