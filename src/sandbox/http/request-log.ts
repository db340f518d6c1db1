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

/** What has been asked: counts of all requests, and the last of them one by one. */
export interface RequestSummary {
  /** How many there were. */
  readonly total: number;
  /** How many came by each route, by names such as `GET /users/:id`. */
  readonly counts: Readonly<Record<string, number>>;
  /** The last of them, in order; what the log has no room for is only counted. */
  readonly requests: readonly LoggedRequest[];
}

type Listener = (request: LoggedRequest) => void;

/** Characters of addresses that the log holds: more than short ones ever fill. */
const mostCharacters = 8_000_000;

/** What has been asked since the start or the last clearing: at most so many requests, and no more than fit. */
export class RequestLog {
  /** Places before the oldest request are empty. */
  private requests: (LoggedRequest | undefined)[] = [];
  private oldest = 0;
  private characters = 0;
  private total = 0;
  private counts: Record<string, number> = {};
  private readonly listeners = new Set<Listener>();

  constructor(private readonly size: number) {}

  add(request: LoggedRequest): void {
    const name = `${request.method} ${request.route ?? "(no route)"}`;
    this.counts[name] = (this.counts[name] ?? 0) + 1;
    this.total += 1;
    this.requests.push(request);
    this.characters += lengthOf(request);
    while (this.requests.length - this.oldest > this.size || this.characters > mostCharacters) {
      this.dropOldest();
    }
    for (const listener of this.listeners) listener(request);
  }

  private dropOldest(): void {
    const gone = this.requests[this.oldest];
    this.requests[this.oldest] = undefined;
    this.oldest += 1;
    this.characters -= gone === undefined ? 0 : lengthOf(gone);
    // Empty places are given back now and then, not with each request.
    if (this.oldest <= this.requests.length / 2) return;
    this.requests = this.requests.slice(this.oldest);
    this.oldest = 0;
  }

  clear(): void {
    this.requests = [];
    this.oldest = 0;
    this.characters = 0;
    this.total = 0;
    this.counts = {};
  }

  summary(): RequestSummary {
    const requests = this.requests.slice(this.oldest).filter((request) => request !== undefined);
    return { total: this.total, counts: { ...this.counts }, requests };
  }

  /** Tells a listener of every request to come; returns what ends that. */
  subscribe(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }
}

function lengthOf({ path, query }: LoggedRequest): number {
  return path.length + query.length;
}
