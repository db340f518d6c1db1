import type { Answer } from "./connection";
import { LONGEST_RUN, LONGEST_RUN_BODY, LONGEST_RUN_WAIT, MOST_REQUESTS } from "./limits";
import { NoAnswer } from "./no-answer";

/** A response that takes longer counts as a wait. */
const SLOW = 10_000;

/** Adds up what one server costs one provider configuration, so that all its requests together are limited. */
export class RunLimits {
  private startedAt: number | undefined;
  private requests = 0;
  private bytes = 0;
  private waited = 0;
  /** The time up to which waiting was counted, for any number of simultaneous requests. */
  private countedUntil = -Infinity;

  /**
   * Called before a request or a wait. Returns why there must not be another one. Times are milliseconds of one clock.
   */
  problemAt(now: number, wait = 0): string | undefined {
    this.startedAt ??= now;
    if (this.requests >= MOST_REQUESTS) return `this run has made ${MOST_REQUESTS} requests`;
    if (this.bytes > LONGEST_RUN_BODY) return `this run has read ${LONGEST_RUN_BODY} bytes`;
    if (now - this.startedAt > LONGEST_RUN)
      return `this run takes more than ${LONGEST_RUN / 3_600_000} hours`;
    return this.waited + this.uncounted(now, now + wait) > LONGEST_RUN_WAIT
      ? `this run has waited for the server for ${LONGEST_RUN_WAIT / 60_000} minutes`
      : undefined;
  }

  /** Called after a request. */
  exchanged(from: number, until: number, { bytes, failed }: Exchanged): void {
    this.requests += 1;
    this.bytes += bytes;
    if (failed || until - from > SLOW) this.waiting(from, until);
  }

  waiting(from: number, until: number): void {
    this.waited += this.uncounted(from, until);
    this.countedUntil = Math.max(this.countedUntil, until);
  }

  private uncounted(from: number, until: number): number {
    return Math.max(0, until - Math.max(from, this.countedUntil));
  }
}

/** The cost of a request. A response that requires a retry counts like none. */
export function costOf(result: Answer | NoAnswer): Exchanged {
  if (result instanceof NoAnswer) return { bytes: 0, failed: true };
  const { status, text } = result;
  return { bytes: Buffer.byteLength(text), failed: status >= 500 || status === 429 };
}

interface Exchanged {
  /** Of the response. */
  readonly bytes: number;
  /** There was no response, or no useful one. */
  readonly failed: boolean;
}
