import type { Calendar } from "../calendar/entry";
import { calendarJson } from "./calendar-json";
import { calendarText } from "./calendar-text";
import { icalendar } from "./icalendar";
import { openMetrics } from "./openmetrics";

export const CALENDAR_FORMATS = ["text", "json", "icalendar", "openmetrics"] as const;
export type CalendarFormat = (typeof CALENDAR_FORMATS)[number];

export interface CalendarOptions {
  /** How far it looks ahead. */
  readonly days: number;
  /** When it is made. */
  readonly now: Date;
  /** Where lines of text end. @default 100 */
  readonly columns?: number;
}

export function formattedCalendar(
  calendar: Calendar,
  format: CalendarFormat,
  options: CalendarOptions,
): string {
  switch (format) {
    case "text":
      return calendarText(calendar, options);
    case "json":
      return calendarJson(calendar, options.days);
    case "openmetrics":
      return openMetrics(calendar);
    case "icalendar":
      return icalendar(calendar, options.now);
  }
}
