/** What one attempt came to, as far as trying again is concerned. */
export type AttemptOutcome =
  | {
      readonly kind: "answer";
      readonly status: number;
      /** `Retry-After`, in seconds. */
      readonly retryAfterSeconds?: number;
      /** The server's clock. */
      readonly date: Date;
    }
  /** No connection came about: the server has seen nothing. */
  | { readonly kind: "not_connected" }
  /** The connection broke: the server may have seen everything. */
  | { readonly kind: "broken" };

export interface RetryQuestion {
  readonly method: string;
  /** Attempts so far, this one included. */
  readonly attempts: number;
  /** Milliseconds waited so far between attempts. */
  readonly waited: number;
  readonly outcome: AttemptOutcome;
  /** 0 to 1, so that clients that failed together do not return together. */
  readonly random: number;
}

/** GitLab's application limits count in windows of a minute, so a few of them must fit. */
const LONGEST_WAIT_FOR_RATE_LIMIT = 600_000;
const MAXIMUM_ATTEMPTS = 5;
const FIRST_BACKOFF = 300;
const LONGEST_BACKOFF = 10_000;
const TEMPORARY = new Set([500, 502, 503, 504]);

/** Milliseconds to wait before the next attempt; undefined when there must be none. */
export function retryDelay(question: RetryQuestion): number | undefined {
  const { outcome, method, attempts } = question;
  if (outcome.kind === "answer" && outcome.status === 429) {
    // A limiter refuses before anything takes effect, so even a POST may come again.
    const delay = rateLimitDelay(outcome, question.random);
    return question.waited + delay <= LONGEST_WAIT_FOR_RATE_LIMIT ? delay : undefined;
  }
  if (attempts >= MAXIMUM_ATTEMPTS) return undefined;
  if (outcome.kind === "not_connected") return backoff(attempts, question.random);
  const temporary = outcome.kind === "broken" || TEMPORARY.has(outcome.status);
  return temporary && method !== "POST" ? backoff(attempts, question.random) : undefined;
}

function rateLimitDelay(
  outcome: { retryAfterSeconds?: number; date: Date },
  random: number,
): number {
  const spread = random * 1000;
  if (outcome.retryAfterSeconds !== undefined) return outcome.retryAfterSeconds * 1000 + spread;
  // The application limiter names no wait; its windows begin with the minute.
  const untilNextMinute = 60_000 - (outcome.date.getTime() % 60_000);
  return untilNextMinute + spread;
}

function backoff(attempts: number, random: number): number {
  const ceiling = Math.min(LONGEST_BACKOFF, FIRST_BACKOFF * 2 ** (attempts - 1));
  return ceiling * (0.5 + random / 2);
}
