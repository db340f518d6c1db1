export type ErrorKind =
  | "bad_request"
  | "unauthorized"
  /** It was revoked or has expired. */
  | "token_ended"
  | "forbidden"
  | "insufficient_scope"
  | "not_found"
  | "conflict"
  | "rate_limited"
  | "unexpected_redirect"
  | "not_json"
  | "server_error"
  | "unreachable"
  /** A setting of this machine, by which nothing can be sent. */
  | "bad_setup"
  | "connection_broken"
  /** An answer or a list that goes on longer than any should. */
  | "beyond_limit"
  | "stopped";

export interface ErrorFacts {
  readonly kind: ErrorKind;
  readonly method: string;
  /** With names for the variable parts: `/groups/:id/members`. */
  readonly route: string;
  /** As it was asked: `/groups/12/members`. */
  readonly path: string;
  /** The instance's API address. */
  readonly server: string;
  /** Absent when no answer came. */
  readonly status?: number;
  /** GitLab's own words, or the network's. */
  readonly message: string;
  /** The attributes that GitLab's answer names, such as `access_level`. */
  readonly attributes?: readonly string[];
  /** The attributes that were sent. */
  readonly sent?: readonly string[];
  /** Topics of which a look-up has shown that they are not why. */
  readonly ruledOut?: readonly string[];
  /** Whether GitLab has no such route, which is not the same as no such object. */
  readonly isUnrouted?: boolean;
  /** What to do now, where that is known better than by the kind. */
  readonly remedy?: string;
}
