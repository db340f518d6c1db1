import type { UtcDate } from "../dates";
import type { Facts } from "./facts";
import type { Finding } from "./finding";
import type { Policy } from "./policy";
import type { Stage } from "./rule-name";

export interface Judgement {
  /** What counts; one with an `exception` is past that exception's last day. */
  readonly findings: readonly Finding[];
  /** What an exception covers today. */
  readonly excepted: readonly Finding[];
}

export interface JudgingContext {
  readonly stage: Stage;
  /** The day that exceptions are read on: the server's where it is known. */
  readonly today: UtcDate;
}

/** Holds objects, and a run, against every rule of the stage. */
export function judge(
  _facts: readonly Facts[],
  _policy: Policy,
  _context: JudgingContext,
): Judgement {
  return { findings: [], excepted: [] };
}
