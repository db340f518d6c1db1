import type { UtcDate } from "../dates";
import type { RuleName } from "./rule-name";

/** Allows one object to break one rule for a while. */
export interface Exception {
  readonly rule: RuleName;
  /** An account's username, `username/token name`, `username@path`, or `run`. */
  readonly object: string;
  /** The reason, for readers of the configuration or a review. */
  readonly reason: string;
  /** The last day on which it applies, UTC. */
  readonly until: UtcDate;
}
