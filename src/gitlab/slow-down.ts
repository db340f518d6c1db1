/** The requests that a limiter still lets pass. */
export interface RateLimit {
  readonly remaining: number;
  /** Undefined where it does not say of how many. */
  readonly limit: number | undefined;
  /** Milliseconds until it counts anew. Undefined where it does not say. */
  readonly resetIn: number | undefined;
}

/** The part of a limit that is kept for others: people, and other runs. */
const KEPT = 0.1;
/** Limiters count minutes. What says more is not believed. */
const LONGEST = 60_000;

/** Milliseconds for which no further request is to start, so that the limiter need not refuse any. */
export function pauseFor({ remaining, limit, resetIn }: RateLimit, maxConcurrency: number): number {
  if (limit === undefined || resetIn === undefined || resetIn <= 0) return 0;
  if (remaining > Math.max(2 * maxConcurrency, Math.ceil(limit * KEPT))) return 0;
  const rest = Math.min(resetIn, LONGEST);
  return remaining <= maxConcurrency ? rest : Math.ceil((rest * maxConcurrency) / remaining);
}
