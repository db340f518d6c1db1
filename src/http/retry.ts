import type { Answer } from "./connection";
import { LONGEST_REQUEST, LONGEST_WAIT, MOST_ATTEMPTS, MOST_REFUSALS } from "./limits";
import { NoAnswer } from "./no-answer";
import { retryAfterSeconds } from "./retry-after";

/*
 * The one policy of requests that are sent again. A request that may have taken effect is repeated only where the server's
 * API makes that harmless, so a POST never is. What a refused creation or a lagging replica needs beyond that is `repeat`.
 */

/** What differs from one API to another. */
export interface RetryPolicy {
  /** Attempts of one request that a broken connection or a passing failure makes necessary. */
  readonly attempts: number;
  /** Milliseconds before the second attempt; each further pause is `factor` times as long, up to `longestPause`. */
  readonly firstPause: number;
  readonly factor: number;
  readonly longestPause: number;
  /** Milliseconds of a `Retry-After` that are waited for after a passing failure. */
  readonly longestAsked: number;
  /** Whether a second request has no effect beyond that of the first. */
  isRepeatable(method: string): boolean;
  /** Refused before anything took effect, so that even a POST may come again. */
  readonly refusals: {
    readonly statuses: ReadonlySet<number>;
    readonly attempts: number;
    /** Milliseconds of a `Retry-After`; longer ones are cut. */
    readonly longestAsked: number;
    /** Milliseconds that one request may wait in all. */
    readonly longestWait: number;
    /** Whether the server counts by the minute where it names no wait. */
    readonly byMinute: boolean;
  };
}

const LIMITED = 429;
/** A replica that lags behind what the request must see. */
const LAGS = 412;

export const GITLAB_RETRIES: RetryPolicy = {
  attempts: MOST_ATTEMPTS,
  firstPause: 300,
  factor: 2,
  longestPause: 10_000,
  // A server that is down for maintenance is not waited for to the end.
  longestAsked: 30_000,
  isRepeatable: (method) => method !== "POST",
  refusals: {
    statuses: new Set([LIMITED]),
    attempts: MOST_REFUSALS,
    longestAsked: Infinity,
    longestWait: LONGEST_WAIT,
    byMinute: true,
  },
};

/** For a look at what a server says at once, refusals as too many included. */
export const LOOK_RETRIES: RetryPolicy = {
  ...GITLAB_RETRIES,
  attempts: 2,
  refusals: { ...GITLAB_RETRIES.refusals, attempts: 1 },
};

/** For services that answer at once or are down. */
export const SERVICE_RETRIES: RetryPolicy = {
  attempts: 4,
  firstPause: 100,
  factor: 3,
  longestPause: 900,
  longestAsked: 0,
  isRepeatable: (method) => method !== "POST",
  refusals: {
    statuses: new Set([LIMITED]),
    attempts: 4,
    longestAsked: 30_000,
    longestWait: LONGEST_WAIT,
    byMinute: false,
  },
};

export const VAULT_RETRIES: RetryPolicy = {
  ...SERVICE_RETRIES,
  // A PATCH makes a new version each time.
  isRepeatable: (method) => method === "GET",
  refusals: { ...SERVICE_RETRIES.refusals, statuses: new Set([LAGS, LIMITED]) },
};

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
  | { readonly kind: "not_connected" }
  | { readonly kind: "broken" }
  | { readonly kind: "beyond_limit" };

interface RetryQuestion {
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

const TEMPORARY = new Set([500, 502, 503, 504]);

/** Milliseconds to wait before the next attempt; undefined when there must be none. */
export function retryDelay(policy: RetryPolicy, question: RetryQuestion): number | undefined {
  const { outcome, method, attempts, waited, random } = question;
  if (outcome.kind === "beyond_limit") return undefined;
  if ((question.elapsed ?? waited) >= LONGEST_REQUEST) return undefined;
  if (outcome.kind === "answer" && policy.refusals.statuses.has(outcome.status)) {
    if (attempts >= policy.refusals.attempts) return undefined;
    const delay = refusalDelay(policy, outcome, attempts, random);
    return waited + delay <= policy.refusals.longestWait ? delay : undefined;
  }
  if (attempts >= policy.attempts) return undefined;
  if (outcome.kind === "not_connected") return backoff(policy, attempts, random);
  const temporary = outcome.kind === "broken" || TEMPORARY.has(outcome.status);
  if (!temporary || !policy.isRepeatable(method)) return undefined;
  const asked = outcome.kind === "answer" ? (outcome.retryAfterSeconds ?? 0) * 1000 : 0;
  return Math.max(backoff(policy, attempts, random), Math.min(asked, policy.longestAsked));
}

function refusalDelay(
  policy: RetryPolicy,
  outcome: { readonly retryAfterSeconds?: number; readonly date: Date },
  attempts: number,
  random: number,
): number {
  const { longestAsked, byMinute } = policy.refusals;
  const spread = random * 1000;
  if (outcome.retryAfterSeconds !== undefined) {
    // A server that asks for no wait and refuses again gets one nevertheless.
    const least = attempts === 1 ? 0 : backoff(policy, attempts, random);
    return Math.max(Math.min(outcome.retryAfterSeconds * 1000, longestAsked), least) + spread;
  }
  if (!byMinute) return backoff(policy, attempts, random);
  const untilNextMinute = 60_000 - (outcome.date.getTime() % 60_000);
  return untilNextMinute + spread;
}

function backoff(policy: RetryPolicy, attempts: number, random: number): number {
  const { firstPause, factor, longestPause } = policy;
  const ceiling = Math.min(longestPause, firstPause * factor ** (attempts - 1));
  return ceiling * (0.5 + random / 2);
}

interface Exchange {
  readonly method: string;
  readonly send: () => Promise<Answer | NoAnswer>;
  /** Waits before the next attempt. Whatever it throws ends the exchange. */
  readonly wait: (milliseconds: number, outcome: AttemptOutcome) => Promise<void>;
  /** What makes a further attempt useless. */
  readonly isFinal?: (result: Answer | NoAnswer) => Promise<boolean>;
}

/** Sends a request as often as the policy says. Returns what the last attempt came to. */
export async function sendRepeatedly(
  policy: RetryPolicy,
  { method, send, wait, isFinal }: Exchange,
): Promise<Answer | NoAnswer> {
  const startedAt = Date.now();
  let waited = 0;
  for (let attempts = 1; ; attempts++) {
    const result = await send();
    const outcome = outcomeOf(result);
    if (outcome.kind === "answer" && outcome.status < 400) return result;
    if ((await isFinal?.(result)) === true) return result;
    const elapsed = Date.now() - startedAt;
    const question = { method, attempts, waited, elapsed, outcome, random: Math.random() };
    const delay = retryDelay(policy, question);
    if (delay === undefined) return result;
    await wait(delay, outcome);
    waited += delay;
  }
}

function outcomeOf(result: Answer | NoAnswer): AttemptOutcome {
  if (result instanceof NoAnswer) return { kind: result.silence };
  const written = new Date(result.header("date") ?? "");
  const date = Number.isNaN(written.getTime()) ? new Date() : written;
  const seconds = retryAfterSeconds(result.header("retry-after"), date);
  return {
    kind: "answer",
    status: result.status,
    ...(seconds !== undefined && { retryAfterSeconds: seconds }),
    date,
  };
}
