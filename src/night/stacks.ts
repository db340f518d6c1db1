import { addDays, type UtcDate } from "../model";
import { calendarOf, objectsIn, UnreadablePlanError } from "../review";

/** One of many configurations, each with a state of its own. */
export interface Stack {
  readonly name: string;
  /** Where its configuration or program is. */
  readonly folder: string;
}

/** What a state says of its stack. A date counts from its day on. */
export interface StackStatus extends Stack {
  /** Tokens to rotate and replaced ones to revoke. */
  readonly due: number;
  /** Due tokens that `max_rotations` left to a later run. */
  readonly waiting: number;
  /** Tokens and memberships that end in the days ahead, and that nothing replaces. */
  readonly expiring: number;
  /** The next day on which something is due. */
  readonly next: UtcDate | null;
  /** Why the state cannot be read: what is not known must not pass for quiet. */
  readonly failure: string | null;
}

interface Span {
  readonly today: UtcDate;
  readonly days: number;
}

/** How far ahead the next day is looked for. */
const FAR = 400;

export function statusOf(stack: Stack, text: string, { today, days }: Span): StackStatus {
  try {
    const { entries } = calendarOf(text, { today, days: FAR });
    const byRun = entries.filter(({ kind }) => kind === "rotates" || kind === "revoked");
    const last = addDays(today, days);
    const ends = entries.filter((each) => !byRun.includes(each) && each.date <= last);
    return {
      ...stack,
      due: byRun.filter(({ date }) => date <= today).length,
      waiting: objectsIn(text).objects.filter(
        ({ values }) => (values["waits_since"] ?? null) !== null,
      ).length,
      expiring: ends.length,
      next: byRun.find(({ date }) => date > today)?.date ?? null,
      failure: null,
    };
  } catch (failure) {
    if (!(failure instanceof UnreadablePlanError)) throw failure;
    return unreadable(stack, failure.message);
  }
}

export function unreadable(stack: Stack, failure: string): StackStatus {
  return { ...stack, due: 0, waiting: 0, expiring: 0, next: null, failure };
}

/** Those that a run is for tonight. */
export function isForTonight({ due, failure }: StackStatus): boolean {
  return due > 0 || failure !== null;
}
