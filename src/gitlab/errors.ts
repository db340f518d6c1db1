import type { ErrorFacts, ErrorKind } from "./error-facts";
import { remedyFor } from "./remedies";

/** A failed request. Never contains a token value. */
export class GitLabError extends Error {
  readonly kind: ErrorKind;
  readonly method: string;
  readonly route: string;
  readonly path: string;
  readonly status: number | undefined;
  /** GitLab's own text, or that of the network. It may be in any language, so nothing is decided by it. */
  readonly serverMessage: string;
  /** The attributes that GitLab's response names, such as `access_level`. */
  readonly attributes: readonly string[];
  /** The attributes that were sent. */
  readonly sent: readonly string[];
  /** Topics that a look-up has ruled out as the reason. */
  readonly ruledOut: readonly string[];
  /** What to do now. */
  readonly remedy: string;

  constructor(private readonly facts: ErrorFacts) {
    const status = facts.status === undefined ? "no answer" : String(facts.status);
    super(`${facts.method} ${facts.path}: ${status}: ${facts.message}`);
    this.name = "GitLabError";
    this.kind = facts.kind;
    this.method = facts.method;
    this.route = facts.route;
    this.path = facts.path;
    this.status = facts.status;
    this.serverMessage = facts.message;
    this.attributes = facts.attributes ?? [];
    this.sent = facts.sent ?? [];
    this.ruledOut = facts.ruledOut ?? [];
    this.remedy = facts.remedy ?? remedyFor(facts);
  }

  /** The same failure with other advice. */
  withRemedy(remedy: string): GitLabError {
    return new GitLabError({ ...this.facts, remedy });
  }

  /** The same failure, with some reasons excluded. */
  rulingOut(...topics: readonly string[]): GitLabError {
    return new GitLabError({ ...this.facts, ruledOut: [...this.ruledOut, ...topics] });
  }

  /** Whether the server may have done what was requested although no successful response came. */
  get mayHaveTakenEffect(): boolean {
    return (
      this.kind === "connection_broken" ||
      this.kind === "beyond_limit" ||
      this.kind === "server_error" ||
      this.kind === "not_json"
    );
  }
}

export function isGitLabError(error: unknown, ...kinds: ErrorKind[]): error is GitLabError {
  return error instanceof GitLabError && (kinds.length === 0 || kinds.includes(error.kind));
}
