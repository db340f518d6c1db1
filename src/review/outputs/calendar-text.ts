import type { Calendar, CalendarEntry, CalendarWarning } from "../calendar/entry";
import { columnWidth, padded } from "./columns";
import { some } from "./counted";
import { shown } from "./shown";
import { wrapped } from "./wrapped";

const COLUMNS = 100;
const LEAST_COLUMNS = 40;

/** How a kind of day is named. */
export const KIND_WORDS: Readonly<Record<CalendarEntry["kind"], string>> = {
  rotates: "rotates",
  revoked: "old one revoked",
  expires: "expires",
  "access-expires": "ends",
};

/** A calendar as a table, earliest first, with the warnings before it. */
export function calendarText(
  { entries, warnings }: Calendar,
  { days, columns = COLUMNS }: { readonly days: number; readonly columns?: number },
): string {
  const rows = entries.map(({ date, kind, account, object }) => [
    date,
    KIND_WORDS[kind],
    shown(account, "line"),
    shown(object, "line"),
  ]);
  const head = ["date", "what", "account", "object"];
  const widths = head.map((_, column) =>
    columnWidth(
      [head, ...rows].map((row) => row[column] ?? ""),
      WIDEST_COLUMN,
    ),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => padded(cell, widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  const width = Math.max(columns, LEAST_COLUMNS);
  const details = entries.map(({ detail, state }) =>
    wrapped(
      shown(state === undefined ? detail : `${detail} (${state})`, "line"),
      INDENT,
      INDENT.length,
      width,
    ),
  );
  return [
    calendarSummary({ entries, warnings }, days),
    ...warnings.flatMap((warning) => wrapped(warningText(warning), "warning  ", 9, width)),
    ...(rows.length === 0 ? [] : ["", line(head)]),
    ...rows.flatMap((row, index) => [
      ...groupHead(entries, index),
      line(row),
      ...(details[index] ?? []),
    ]),
    "",
  ].join("\n");
}

/** Overdue entries come first, since they are sorted by their day, and are separated. */
function groupHead(entries: readonly CalendarEntry[], index: number): string[] {
  const [isOverdue, wasOverdue] = [entries[index]?.overdue, entries[index - 1]?.overdue];
  if (isOverdue === true) return index === 0 ? ["overdue"] : [];
  return wasOverdue === true ? ["to come"] : [];
}

function warningText({ object, account, text }: CalendarWarning): string {
  return `${shown(object, "line")} of ${shown(account, "line")}: ${shown(text, "line")}`;
}

const INDENT = " ".repeat(12);
/** A longer name exceeds its column. */
const WIDEST_COLUMN = 40;

/** `3 due in the next 30 days, 1 warning` */
export function calendarSummary({ entries, warnings }: Calendar, days: number): string {
  const due =
    entries.length === 0
      ? "Nothing is"
      : `${entries.length} ${entries.length === 1 ? "is" : "are"}`;
  const warned = some(warnings.length, "warning", "warnings").map((words) => `, ${words}`);
  const late = some(entries.filter(({ overdue }) => overdue === true).length, "overdue", "overdue");
  const overdue = late.map((words) => ` (${words})`);
  return `${due} due in the next ${days === 1 ? "day" : `${days} days`}${overdue.join("")}${warned.join("")}`;
}
