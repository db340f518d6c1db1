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
  /** A setting of this machine that makes requests impossible. */
  | "bad_setup"
  | "connection_broken"
  /** A response or a list that is longer than the limits. */
  | "beyond_limit"
  | "stopped";

export interface ErrorFacts {
  readonly kind: ErrorKind;
  readonly method: string;
  /** With placeholders for the variable parts: `/groups/:id/members`. */
  readonly route: string;
  /** As it was sent: `/groups/12/members`. */
  readonly path: string;
  /** The instance's API address. */
  readonly server: string;
  /** Absent if there was no response. */
  readonly status?: number;
  /** GitLab's own text, or that of the network. */
  readonly message: string;
  /** The attributes that GitLab's response names, such as `access_level`. */
  readonly attributes?: readonly string[];
  /** The attributes that were sent. */
  readonly sent?: readonly string[];
  /** Topics that a look-up has ruled out as the reason. */
  readonly ruledOut?: readonly string[];
  /** Whether GitLab has no such route, as opposed to no such object. */
  readonly isUnrouted?: boolean;
  /** What to do now, if that is known better than by the kind. */
  readonly remedy?: string;
}
