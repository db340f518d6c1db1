import type { Calendar } from "../calendar/entry";
import { shownJson } from "./shown";

/** Raised in its first number by what could break a reader, in its second by what is added. */
const FORMAT_VERSION = "1.0";

/** A calendar as JSON. Names are whole. */
export function calendarJson({ entries, warnings }: Calendar, days: number): string {
  return shownJson({ format_version: FORMAT_VERSION, days, entries, warnings });
}
