import type { Code } from "./code";

/** A rule that an input breaks. Each edge (construct, provider, review) makes its own kind of error of it. */
export interface Problem {
  /** What stays the same where the words change: `docs/troubleshooting.md` lists all. */
  readonly code: Code;
  /** A few words: what is wrong. */
  readonly summary: string;
  /** The value seen, the rule, and what to write instead. */
  readonly detail: string;
}
