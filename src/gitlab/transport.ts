import { AsyncLocalStorage } from "node:async_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { Connection, costOf, NoAnswer, RunLimits, type Answer } from "../http";
import { RequestBudget, Stopped } from "./budget";
import { ListLimits } from "./list-limits";
import { DEFAULT_MAX_CONCURRENCY, type ClientSettings } from "./settings";
import { pauseFor, type RateLimit } from "./slow-down";

type Outgoing = Parameters<Connection["send"]>[0] & {
  /** The name under which it is counted: `GET /groups/:id/members`. */
  readonly name: string;
};

/** One per process: each further storage would cost every promise of a test with many runs. */
const finishing = new AsyncLocalStorage<Transport>();

/** What all clients of one instance share, whatever their tokens. */
export class Transport {
  /** The server's clock at its last response. This machine's clock never replaces it. */
  serverDate: Date | undefined;
  /** What its limiter said last. */
  rateLimit: RateLimit | undefined;
  readonly lists = new ListLimits();
  /** The limits of all requests together. */
  readonly limits = new RunLimits();
  /** Started attempts, by the name under which they are counted. */
  readonly requests = new Map<string, number>();
  private readonly maxRequests: number;
  private readonly maxConcurrency: number;
  private begun = 0;
  private readonly connection: Connection;
  private readonly budget: RequestBudget;

  constructor({ caFile, caSetting = "ca_file", ...limits }: ClientSettings) {
    this.maxRequests = limits.maxRequests ?? Infinity;
    this.connection = new Connection({
      ...(caFile !== undefined && { certificates: { path: caFile, setting: caSetting } }),
    });
    this.maxConcurrency = limits.maxConcurrency ?? DEFAULT_MAX_CONCURRENCY;
    this.budget = new RequestBudget({
      maxConcurrency: this.maxConcurrency,
      maxRequestsPerMinute: limits.maxRequestsPerMinute,
      ...(limits.turn !== undefined && { turn: limits.turn }),
    });
  }

  /** Whether the maximum number of requests was reached. */
  get isSpent(): boolean {
    return this.begun >= this.maxRequests;
  }

  /** One attempt. Throws `Stopped`, or `SetupError`. */
  send(outgoing: Outgoing): Promise<Answer | NoAnswer> {
    const isFinishing = finishing.getStore() === this;
    return this.budget.run(() => this.sendWithinLimits(outgoing, isFinishing), {
      finishing: isFinishing,
    });
  }

  pause(milliseconds: number): Promise<void> {
    return this.budget.pause(milliseconds);
  }

  async wait(milliseconds: number): Promise<void> {
    const from = Date.now();
    this.limits.waiting(from, from + milliseconds);
    try {
      await sleep(milliseconds, undefined, { signal: this.budget.stopped });
    } catch {
      throw new Stopped();
    }
  }

  /** The requests of this work are sent even after the run is being stopped, unless one has to wait. */
  finish<T>(work: () => Promise<T>): Promise<T> {
    return finishing.run(this, work);
  }

  stop(): Promise<void> {
    return this.budget.stop();
  }

  close(): Promise<void> {
    return this.connection.close();
  }

  private async sendWithinLimits(
    outgoing: Outgoing,
    isFinishing: boolean,
  ): Promise<Answer | NoAnswer> {
    const from = Date.now();
    const problem = isFinishing ? undefined : this.limits.problemAt(from);
    if (problem !== undefined) return new NoAnswer(problem, "beyond_limit");
    if (this.isSpent)
      return new NoAnswer(`this run may make ${this.maxRequests} requests`, "beyond_limit");
    this.begun += 1;
    this.requests.set(outgoing.name, (this.requests.get(outgoing.name) ?? 0) + 1);
    const result = await this.sendNow(outgoing);
    this.limits.exchanged(from, Date.now(), costOf(result));
    return result;
  }

  private async sendNow(outgoing: Outgoing): Promise<Answer | NoAnswer> {
    try {
      const answer = await this.connection.send(outgoing);
      const date = new Date(answer.header("date") ?? "");
      if (!Number.isNaN(date.getTime())) this.serverDate = date;
      this.heedLimiter(answer);
      return answer;
    } catch (error) {
      if (error instanceof NoAnswer) return error;
      throw error;
    }
  }

  private heedLimiter(answer: Answer): void {
    const rateLimit = rateLimitOf(answer, this.serverDate);
    if (rateLimit === undefined) return;
    this.rateLimit = rateLimit;
    const pause = pauseFor(rateLimit, this.maxConcurrency);
    if (pause === 0) return;
    const now = Date.now();
    this.limits.waiting(now, now + pause);
    this.budget.slowDown(pause);
  }
}

/** By the server's own clock. */
function rateLimitOf(answer: Answer, serverDate: Date | undefined): RateLimit | undefined {
  const remaining = count(answer.header("ratelimit-remaining"));
  if (remaining === undefined) return undefined;
  const reset = count(answer.header("ratelimit-reset"));
  const resetIn =
    reset === undefined || serverDate === undefined
      ? undefined
      : reset * 1000 - serverDate.getTime();
  return { remaining, limit: count(answer.header("ratelimit-limit")), resetIn };
}

function count(header: string | undefined): number | undefined {
  return header !== undefined && /^\d{1,10}$/.test(header.trim()) ? Number(header) : undefined;
}
