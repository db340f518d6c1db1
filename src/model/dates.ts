import type { Problem } from "./problem";

/** A calendar day in UTC, `YYYY-MM-DD`: the unit in which GitLab counts a token's life. */
export type UtcDate = string;

const MILLISECONDS_PER_DAY = 86_400_000;
const SHAPE = /^\d{4}-\d{2}-\d{2}$/;

/** The UTC day of a moment. */
export function utcDate(moment: Date): UtcDate {
  return moment.toISOString().slice(0, 10);
}

export function addDays(date: UtcDate, days: number): UtcDate {
  return utcDate(new Date(midnight(date) + days * MILLISECONDS_PER_DAY));
}

/** Whole days from one date to another. Negative if the second is earlier. */
export function daysBetween(from: UtcDate, to: UtcDate): number {
  return Math.round((midnight(to) - midnight(from)) / MILLISECONDS_PER_DAY);
}

export function isUtcDate(text: string): boolean {
  if (!SHAPE.test(text)) return false;
  const parsed = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && utcDate(parsed) === text;
}

export function dateProblem(attribute: string, text: string): Problem | undefined {
  if (isUtcDate(text)) return undefined;
  return {
    code: "malformed-date",
    summary: `"${text}" is not a date`,
    detail: `${attribute} must be a day of the calendar, written YYYY-MM-DD (UTC), such as 2027-03-31; got "${text}".`,
  };
}

function midnight(date: UtcDate): number {
  return Date.parse(`${date}T00:00:00Z`);
}
