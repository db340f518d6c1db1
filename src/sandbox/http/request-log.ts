/** One handled request. It contains no token: the query is kept without parameters that carry one. */
export interface LoggedRequest {
  /** The HTTP method, in capitals. */
  readonly method: string;
  /** The path as sent, without the query. */
  readonly path: string;
  /** The query as sent, without parameters that carry a token. */
  readonly query: string;
  /** The pattern that matched, or null. */
  readonly route: string | null;
  /** Null if the connection was cut instead. */
  readonly status: number | null;
  /** The caller's username, or null. */
  readonly user: string | null;
}

/** The received requests: counts of all, and the most recent ones in detail. */
export interface RequestSummary {
  /** The total number of requests. */
  readonly total: number;
  /** The number of requests by route, by names such as `GET /users/:id`. */
  readonly counts: Readonly<Record<string, number>>;
  /** The most recent requests, in order. Those that do not fit into the log are only counted. */
  readonly requests: readonly LoggedRequest[];
}

type Listener = (request: LoggedRequest) => void;

/** Characters of addresses that the log holds: more than short ones ever need. */
const mostCharacters = 8_000_000;

/** The requests since the start or since the log was last cleared, up to a number and a total size. */
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
    // Empty places are released now and then, not with each request.
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

  /** Calls a listener for every future request. Returns a function that ends this. */
  subscribe(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }
}

function lengthOf({ path, query }: LoggedRequest): number {
  return path.length + query.length;
}
