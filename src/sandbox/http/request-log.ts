/** One answered request. It holds no token: the query is kept without parameters that carry one. */
export interface LoggedRequest {
  /** The HTTP method, in capitals. */
  readonly method: string;
  /** The path as it was asked, without the query. */
  readonly path: string;
  /** The query as it was sent, without parameters that carry a token. */
  readonly query: string;
  /** The pattern that matched, or null. */
  readonly route: string | null;
  /** null when the connection was cut instead of answered. */
  readonly status: number | null;
  /** The caller's username, or null. */
  readonly user: string | null;
}

/** All logged requests, and how many came by each route. */
export interface RequestSummary {
  /** How many there were. */
  readonly total: number;
  /** How many came by each route, by names such as `GET /users/:id`. */
  readonly counts: Readonly<Record<string, number>>;
  /** Each of them, in order. */
  readonly requests: readonly LoggedRequest[];
}

/** What has been asked since the start or the last clearing. */
export class RequestLog {
  private requests: LoggedRequest[] = [];

  add(request: LoggedRequest): void {
    this.requests.push(request);
  }

  clear(): void {
    this.requests = [];
  }

  summary(): RequestSummary {
    const counts: Record<string, number> = {};
    for (const { method, route } of this.requests) {
      const name = `${method} ${route ?? "(no route)"}`;
      counts[name] = (counts[name] ?? 0) + 1;
    }
    return { total: this.requests.length, counts, requests: [...this.requests] };
  }
}
