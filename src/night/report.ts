import type { EngineName } from "../engine";
import type { Change, Others } from "../review";

/** One token that a night was about. */
export interface NightToken {
  /** The engine's own name: a Terraform address, a Pulumi URN. */
  readonly address: string;
  /** The username, or what the plan knows instead. */
  readonly account: string;
  /** `token "ci"`. */
  readonly object: string;
}

/** What a night did to a token. In a dry run, what it would do. */
export interface DoneToken extends NightToken {
  readonly changes: readonly Change[];
}

/** Why a token that is due was left alone. */
export const LEFT_REASONS = ["edited", "takes-along", "failed", "stopped", "limit"] as const;
export type LeftReason = (typeof LEFT_REASONS)[number];

export interface LeftToken extends NightToken {
  readonly reason: LeftReason;
  /** What an apply of it would take along, a line each. */
  readonly others: readonly string[];
}

/** A change that waits for a person. */
export interface WaitingChange extends NightToken {
  readonly change: Change;
}

/** `waiting`: all that is due is done, and something else is left to a person. */
export type NightEnd = "nothing" | "done" | "waiting" | "failed";

/** What a night did, and what it left. Names are as they are: each output shows them harmlessly. */
export interface NightReport {
  readonly engine: EngineName;
  readonly isDryRun: boolean;
  readonly end: NightEnd;
  readonly done: readonly DoneToken[];
  readonly left: readonly LeftToken[];
  readonly waiting: readonly WaitingChange[];
  /** Replaced tokens that are not revoked yet, since something uses them. */
  readonly held: readonly WaitingChange[];
  /** Resources that are not about service accounts, and wait as well. */
  readonly others: Others;
  /** Why the night ended early: one sentence. */
  readonly failure: string | null;
}

export const NOTHING_ELSE: Others = { created: 0, changed: 0, deleted: 0 };
