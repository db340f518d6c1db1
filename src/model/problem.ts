import type { Code } from "./code";

/** A rule that an input breaks. Each edge (construct, provider, review) makes its own kind of error of it. */
export interface Problem {
  /** Stays the same when the texts change. `docs/troubleshooting.md` lists all codes. */
  readonly code: Code;
  /** A few words: what is wrong. */
  readonly summary: string;
  /** The actual value, the rule, and what to write instead. */
  readonly detail: string;
}
