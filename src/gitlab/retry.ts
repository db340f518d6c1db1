import { LONGEST_REQUEST, LONGEST_WAIT, MOST_ATTEMPTS, MOST_REFUSALS } from "../http";

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
  | { readonly kind: "broken" }
  /** The answer went beyond a limit of ours, as the next one would. */
  | { readonly kind: "beyond_limit" };

export interface RetryQuestion {
  readonly method: string;
  /** Attempts so far, this one included. */
  readonly attempts: number;
  /** Milliseconds waited so far between attempts. */
  readonly waited: number;
  /** Milliseconds since the first attempt began. @default what was waited */
  readonly elapsed?: number;
  readonly outcome: AttemptOutcome;
  /** 0 to 1, so that clients that failed together do not return together. */
  readonly random: number;
}

const FIRST_BACKOFF = 300;
const LONGEST_BACKOFF = 10_000;
/** Of a server that is down for maintenance; nobody waits for its end. */
const LONGEST_UNAVAILABLE = 30_000;
const TEMPORARY = new Set([500, 502, 503, 504]);

/** Milliseconds to wait before the next attempt; undefined when there must be none. */
export function retryDelay(question: RetryQuestion): number | undefined {
  const { outcome, method, attempts, waited, random } = question;
  if (outcome.kind === "beyond_limit") return undefined;
  if ((question.elapsed ?? waited) >= LONGEST_REQUEST) return undefined;
  if (outcome.kind === "answer" && outcome.status === 429) {
    if (attempts >= MOST_REFUSALS) return undefined;
    // A limiter refuses before anything takes effect, so even a POST may come again.
    const delay = rateLimitDelay(outcome, attempts, random);
    return waited + delay <= LONGEST_WAIT ? delay : undefined;
  }
  if (attempts >= MOST_ATTEMPTS) return undefined;
  if (outcome.kind === "not_connected") return backoff(attempts, random);
  const temporary = outcome.kind === "broken" || TEMPORARY.has(outcome.status);
  if (!temporary || method === "POST") return undefined;
  const asked = outcome.kind === "answer" ? (outcome.retryAfterSeconds ?? 0) * 1000 : 0;
  return Math.max(backoff(attempts, random), Math.min(asked, LONGEST_UNAVAILABLE));
}

function rateLimitDelay(
  outcome: { retryAfterSeconds?: number; date: Date },
  attempts: number,
  random: number,
): number {
  const spread = random * 1000;
  if (outcome.retryAfterSeconds !== undefined) {
    // A server that asks for no wait and refuses again gets one nevertheless.
    const least = attempts === 1 ? 0 : backoff(attempts, random);
    return Math.max(outcome.retryAfterSeconds * 1000, least) + spread;
  }
  // The application limiter names no wait; its windows begin with the minute.
  const untilNextMinute = 60_000 - (outcome.date.getTime() % 60_000);
  return untilNextMinute + spread;
}

function backoff(attempts: number, random: number): number {
  const ceiling = Math.min(LONGEST_BACKOFF, FIRST_BACKOFF * 2 ** (attempts - 1));
  return ceiling * (0.5 + random / 2);
}
