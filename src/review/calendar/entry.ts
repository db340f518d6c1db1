import type { UtcDate } from "../../model";

export interface CalendarOptions {
  /** The first day, YYYY-MM-DD in UTC. */
  readonly today: UtcDate;
  /** How many days to look ahead. */
  readonly days: number;
  /** Days from one scheduled run to the next, where a schedule is to be held against it. */
  readonly every?: number;
}

export type CalendarKind = "rotates" | "revoked" | "expires" | "access-expires";

/** Something that comes by itself, or with the first run from its day on. */
export interface CalendarEntry {
  /** The day, UTC. What is overdue keeps the day that it was due on. */
  readonly date: UtcDate;
  readonly kind: CalendarKind;
  readonly account: string;
  /** `token "ci"`, "membership of platform/charts". */
  readonly object: string;
  /** The engine's own name of the resource; nothing for what no state declares. */
  readonly address: string;
  /** Which of several states has it. */
  readonly state?: string;
  readonly detail: string;
  /** Its day has passed. */
  readonly overdue?: true;
}

export interface CalendarWarning {
  readonly account: string;
  readonly object: string;
  readonly address: string;
  /** What will go wrong, and what to write instead. */
  readonly text: string;
}

export interface Calendar {
  /** By date. */
  readonly entries: readonly CalendarEntry[];
  readonly warnings: readonly CalendarWarning[];
}
