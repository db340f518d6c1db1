import { createHash } from "node:crypto";
import { addDays } from "../../model";
import type { Calendar, CalendarEntry } from "../calendar/entry";
import { KIND_WORDS } from "./calendar-text";
import { shown } from "./shown";

/** The longest line, in bytes, its end not counted. */
const LINE_BYTES = 75;

/**
 * A calendar for calendar programs, with all-day events.
 * @param now when it was made
 * @see https://www.rfc-editor.org/rfc/rfc5545
 */
export function icalendar({ entries }: Calendar, now: Date): string {
  const uids = uidsOf(entries);
  const stamp = `${now.toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//glsa//calendar//EN",
    "CALSCALE:GREGORIAN",
    "X-WR-CALNAME:Service accounts",
    ...entries.flatMap((entry, index) => eventOf(entry, uids[index] ?? "", stamp)),
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

function eventOf(entry: CalendarEntry, uid: string, stamp: string): string[] {
  const { date, kind, account, object, address, detail } = entry;
  const summary = `${shown(account, "line")}, ${shown(object, "line")}: ${KIND_WORDS[kind]}`;
  const description = [detail, address].map((text) => escaped(shown(text, "line"))).join("\\n");
  return [
    "BEGIN:VEVENT",
    `UID:${uid}`,
    `DTSTAMP:${stamp}`,
    `DTSTART;VALUE=DATE:${dateOf(date)}`,
    `DTEND;VALUE=DATE:${dateOf(addDays(date, 1))}`,
    `SUMMARY:${escaped(summary)}`,
    `DESCRIPTION:${description}`,
    `CATEGORIES:${kind}`,
    "TRANSP:TRANSPARENT",
    "END:VEVENT",
  ];
}

/**
 * The same for the same event when its day moves, so that a calendar that is read again moves it too. What happens to
 * one object several times is told apart by its order.
 */
function uidsOf(entries: readonly CalendarEntry[]): string[] {
  const seen = new Map<string, number>();
  return entries.map(({ kind, address, object }) => {
    const subject = JSON.stringify([kind, address, object]);
    const occurrence = seen.get(subject) ?? 0;
    seen.set(subject, occurrence + 1);
    const digest = createHash("sha256").update(`${subject}#${occurrence}`).digest("hex");
    return `${digest.slice(0, 32)}@glsa.internal`;
  });
}

function dateOf(date: string): string {
  return date.replaceAll("-", "");
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, "\\$&");
}

/** Lines go on behind a line end and a space, and no character is divided. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = "";
  let bytes = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (bytes + size > LINE_BYTES) {
      parts.push(part);
      part = " ";
      bytes = 1;
    }
    part += character;
    bytes += size;
  }
  return [...parts, part].join("\r\n");
}
