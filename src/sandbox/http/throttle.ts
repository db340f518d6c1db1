import type { Clock } from "../clock";
import type { Reply } from "./reply";

/** The number of requests in each period, per user or address. Further ones get 429 and `Retry-After`. */
export interface ThrottleRule {
  /** Requests per period. */
  readonly requests: number;
  /** Length of a period, in seconds. */
  readonly period_seconds: number;
  /** For requests without a working token. @default the same as `requests` */
  readonly unauthenticated_requests?: number;
}

/** The limiter in front of everything, per user or address. Disabled until a rule is set. */
export class Throttle {
  rule: ThrottleRule | null = null;
  private readonly counts = new Map<string, { window: number; count: number }>();

  constructor(private readonly clock: Clock) {}

  /** Counts a request. Returns the headers for its response, and the refusal if it is above the limit. */
  count(
    userId: number | undefined,
    ip: string,
  ): { headers: Record<string, string>; refusal?: Reply } {
    if (this.rule === null) return { headers: {} };
    const { period_seconds, unauthenticated_requests } = this.rule;
    const isKnown = userId !== undefined;
    const requests = isKnown
      ? this.rule.requests
      : (unauthenticated_requests ?? this.rule.requests);
    const name = `throttle_${isKnown ? "authenticated" : "unauthenticated"}_api`;
    const key = `${name}:${userId ?? ip}`;
    const seconds = Math.floor(this.clock.milliseconds() / 1000);
    const window = Math.floor(seconds / period_seconds);
    const previous = this.counts.get(key);
    const count = previous?.window === window ? previous.count + 1 : 1;
    this.counts.set(key, { window, count });
    const reset = (window + 1) * period_seconds;
    const headers = {
      "RateLimit-Limit": String(Math.ceil((requests * 60) / period_seconds)),
      "RateLimit-Name": name,
      "RateLimit-Observed": String(count),
      "RateLimit-Remaining": String(Math.max(0, requests - count)),
      "RateLimit-Reset": String(reset),
    };
    if (count <= requests) return { headers };
    const refusal: Reply = {
      status: 429,
      text: { type: "text/plain", content: "Retry later" },
      headers: {
        ...headers,
        "RateLimit-ResetTime": new Date(reset * 1000).toUTCString(),
        "Retry-After": String(reset - seconds),
      },
    };
    return { headers, refusal };
  }

  reset(): void {
    this.rule = null;
    this.counts.clear();
  }
}
