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
  /** The last of them, in order; older ones than the log holds are only counted. */
  readonly requests: readonly LoggedRequest[];
}

type Listener = (request: LoggedRequest) => void;

/** What has been asked since the start or the last clearing; a ring, so that it never outgrows its size. */
export class RequestLog {
  private ring: LoggedRequest[] = [];
  /** Where the oldest stands, once the ring is full. */
  private oldest = 0;
  private total = 0;
  private counts: Record<string, number> = {};
  private readonly listeners = new Set<Listener>();

  constructor(private readonly size: number) {}

  add(request: LoggedRequest): void {
    const name = `${request.method} ${request.route ?? "(no route)"}`;
    this.counts[name] = (this.counts[name] ?? 0) + 1;
    this.total += 1;
    if (this.ring.length < this.size) this.ring.push(request);
    else if (this.size > 0) {
      this.ring[this.oldest] = request;
      this.oldest = (this.oldest + 1) % this.size;
    }
    for (const listener of this.listeners) listener(request);
  }

  clear(): void {
    this.ring = [];
    this.oldest = 0;
    this.total = 0;
    this.counts = {};
  }

  summary(): RequestSummary {
    const requests = [...this.ring.slice(this.oldest), ...this.ring.slice(0, this.oldest)];
    return { total: this.total, counts: { ...this.counts }, requests };
  }

  /** Tells a listener of every request to come; returns what ends that. */
  subscribe(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }
}
