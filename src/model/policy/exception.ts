import type { UtcDate } from "../dates";
import type { RuleName } from "./rule-name";

/** Lets one object break one rule for a while. */
export interface Exception {
  readonly rule: RuleName;
  /** An account's username, `username/token name`, `username@path`, or `run`. */
  readonly object: string;
  /** Why, for whoever reads the configuration or a review. */
  readonly reason: string;
  /** The last day on which it counts, UTC. */
  readonly until: UtcDate;
}
