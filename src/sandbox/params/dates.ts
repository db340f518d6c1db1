import type { CalendarDate, Timestamp } from "../clock";

/** The day and time in a text, as Ruby's tolerant parser reads them. */
interface Parsed {
  readonly day: CalendarDate;
  readonly time: string;
  readonly zone: string;
}

/** Ruby refuses longer texts without parsing them. */
const longestText = 128;
const monthNames = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec";
const months = monthNames.split("|");

const timePattern =
  /(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*([ap]\.?m\.?\b)?\s*(z\b|utc\b|gmt\b|[+-]\d{2}:?\d{2}\b)?/i;
const compactPattern = /(?<!\d)(\d{8})t?(\d{6})(?!\d)\s*(z\b|[+-]\d{2}:?\d{2}\b)?/i;

/** The date in a text; undefined when there is none. */
export function parseDate(text: string): CalendarDate | undefined {
  return parse(text)?.day;
}

/** The time in a text, in UTC unless it says otherwise. */
export function parseDateTime(text: string): Timestamp | undefined {
  const parsed = parse(text);
  if (parsed === undefined) return undefined;
  const instant = new Date(`${parsed.day}T${parsed.time}${parsed.zone}`);
  return Number.isNaN(instant.getTime()) ? undefined : instant.toISOString();
}

function parse(text: string): Parsed | undefined {
  if (text.length > longestText) return undefined;
  const compact = compactPattern.exec(text);
  if (compact !== null) {
    const [, digits = "", clock = "", zone] = compact;
    const day = fromDigits(digits);
    const time = clock.replace(/(\d\d)(\d\d)(\d\d)/, "$1:$2:$3");
    return day === undefined ? undefined : { day, time, zone: zoneOf(zone) };
  }
  const clock = timePattern.exec(text);
  const rest = clock === null ? text : text.replace(clock[0], " ");
  const day = dayIn(rest);
  return day === undefined ? undefined : { day, ...timeOf(clock) };
}

function timeOf(match: RegExpExecArray | null): Pick<Parsed, "time" | "zone"> {
  if (match === null) return { time: "00:00:00", zone: "Z" };
  const [, hours = "0", minutes = "00", seconds = "00", fraction = "0", half, zone] = match;
  const isAfternoon = half?.toLowerCase().startsWith("p") === true;
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (isAfternoon ? 12 : 0);
  const time = `${pad(hour)}:${minutes}:${seconds}.${fraction.slice(0, 3)}`;
  return { time, zone: zoneOf(zone) };
}

function zoneOf(text: string | undefined): string {
  if (text === undefined || !/^[+-]/.test(text)) return "Z";
  return text.includes(":") ? text : `${text.slice(0, 3)}:${text.slice(3)}`;
}

/** The forms in the order in which Ruby tries them. */
const forms: readonly (readonly [RegExp, (parts: string[]) => CalendarDate | undefined])[] = [
  [
    new RegExp(`(\\d+)(?:st|nd|rd|th)?[-\\s]*(${monthNames})[a-z]*\\.?[-\\s,]*('?\\d+)?`, "i"),
    ([day = "", month = "", year]) => inOrder(year, monthOf(month), day),
  ],
  [
    new RegExp(`\\b(${monthNames})[a-z]*\\.?\\s*(\\d+)(?:st|nd|rd|th)?[\\s,]*('?\\d+)?`, "i"),
    ([month = "", day = "", year]) => inOrder(year, monthOf(month), day),
  ],
  [/(\d{2,})-(\d{1,2})-(\d+)/, ([a = "", b = "", c = ""]) => inOrder(a, Number(b), c)],
  [/\b(\d{4})-?w(\d{2})(?:-?(\d))?\b/i, ([year = "", week = "", day]) => ofWeek(year, week, day)],
  [/\b(\d{4})-(\d{3})\b/, ([year = "", day = ""]) => ofYear(year, day)],
  [/(\d+)\/\s*(\d+)\/\s*(\d+)/, ([a = "", b = "", c = ""]) => inOrder(a, Number(b), c)],
  [/(\d+)\.\s*(\d+)\.\s*(\d+)/, ([a = "", b = "", c = ""]) => inOrder(a, Number(b), c)],
  [/(?<!\d)(\d{5,8})(?!\d)/, ([digits = ""]) => fromDigits(digits)],
];

function dayIn(text: string): CalendarDate | undefined {
  for (const [pattern, read] of forms) {
    const match = pattern.exec(text);
    if (match !== null) return read(match.slice(1));
  }
  return undefined;
}

function monthOf(name: string): number {
  return months.indexOf(name.toLowerCase()) + 1;
}

/** Year, month, day. If only the last looks like a year: day, month, year. */
function inOrder(first: string | undefined, month: number, last: string): CalendarDate | undefined {
  const isReversed = first !== undefined && first.length <= 2 && last.length > 2;
  const [year, day] = isReversed ? [last, first] : [first, last];
  return calendarDate(fullYear(year), month, Number(day));
}

/** Two digits mean the years from 1969 to 2068. */
function fullYear(text: string | undefined): number {
  if (text === undefined) return new Date().getUTCFullYear();
  const digits = text.replace("'", "");
  const year = Number(digits);
  if (digits.length > 2) return year;
  return year + (year >= 69 ? 1900 : 2000);
}

function fromDigits(digits: string): CalendarDate | undefined {
  const isOfYear = digits.length === 7 || digits.length === 5;
  const head = digits.slice(0, digits.length - (isOfYear ? 3 : 4));
  const tail = digits.slice(head.length);
  if (isOfYear) return ofYear(String(fullYear(head)), tail);
  return calendarDate(fullYear(head), Number(tail.slice(0, 2)), Number(tail.slice(2)));
}

/** The n-th day of a year. */
function ofYear(year: string, day: string): CalendarDate | undefined {
  const instant = new Date(Date.UTC(Number(year), 0, Number(day)));
  const isInYear = Number(day) > 0 && instant.getUTCFullYear() === Number(year);
  return isInYear ? instant.toISOString().slice(0, 10) : undefined;
}

/** A day of an ISO week. The first week contains the fourth of January. */
function ofWeek(year: string, week: string, day = "1"): CalendarDate | undefined {
  if (Number(week) < 1 || Number(week) > 53 || Number(day) < 1 || Number(day) > 7) return undefined;
  const fourth = new Date(Date.UTC(Number(year), 0, 4));
  const monday = 4 - ((fourth.getUTCDay() + 6) % 7);
  const ofMonth = monday + (Number(week) - 1) * 7 + Number(day) - 1;
  return new Date(Date.UTC(Number(year), 0, ofMonth)).toISOString().slice(0, 10);
}

function calendarDate(year: number, month: number, day: number): CalendarDate | undefined {
  if (year > 9999) return undefined;
  const text = `${String(year).padStart(4, "0")}-${pad(month)}-${pad(day)}`;
  const instant = new Date(`${text}T00:00:00Z`);
  const isReal = !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text);
  return isReal ? text : undefined;
}

function pad(number: number): string {
  return String(number).padStart(2, "0");
}
