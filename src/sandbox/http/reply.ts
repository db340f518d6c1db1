/** A handler's response, before the headers that every response carries. */
export interface Reply {
  readonly status: number;
  /** Sent as JSON; absent for an empty body. */
  readonly body?: unknown;
  /** Sent instead of JSON. */
  readonly text?: { readonly type: string; readonly content: string | Buffer };
  readonly headers?: Readonly<Record<string, string>>;
  /** From GitLab's rescue of an exception, and without the headers against framing and sniffing. */
  readonly rescued?: boolean;
}

export function ok(body: unknown, headers?: Record<string, string>): Reply {
  return { status: 200, body, headers };
}

export function created(body: unknown): Reply {
  return { status: 201, body };
}

/** GitLab's response when it does the work later. */
export function accepted(): Reply {
  return { status: 202, body: { message: "202 Accepted" } };
}

export function noContent(): Reply {
  return { status: 204 };
}
