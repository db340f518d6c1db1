import type { ErrorFacts, ErrorKind } from "./error-facts";
import { remedyFor } from "./remedies";

/** A request that did not end well. It never holds a token value. */
export class GitLabError extends Error {
  readonly kind: ErrorKind;
  readonly method: string;
  readonly route: string;
  readonly path: string;
  readonly status: number | undefined;
  /** GitLab's own words, or the network's. They may be in any language, so that nothing is decided by them. */
  readonly serverMessage: string;
  /** The attributes that GitLab's answer names, such as `access_level`. */
  readonly attributes: readonly string[];
  /** The attributes that were sent. */
  readonly sent: readonly string[];
  /** Topics of which a look-up has shown that they are not why. */
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

  /** The same failure with another advice. */
  withRemedy(remedy: string): GitLabError {
    return new GitLabError({ ...this.facts, remedy });
  }

  /** The same failure, of which some reasons are excluded now. */
  rulingOut(...topics: readonly string[]): GitLabError {
    return new GitLabError({ ...this.facts, ruledOut: [...this.ruledOut, ...topics] });
  }

  /** Whether the server may have done what was asked although no good answer came. */
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
