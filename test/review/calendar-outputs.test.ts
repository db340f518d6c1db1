import fc from "fast-check";
import ICAL from "ical.js";
import stringWidth from "string-width";
import type { Calendar, CalendarEntry } from "../../src/review";
import { CALENDAR_FORMATS, formattedCalendar } from "../../src/review/outputs";
import { expectGolden } from "./golden-file";

const OPTIONS = { days: 30, now: new Date("2026-06-20T08:15:00Z"), columns: 80 };

const entries: readonly CalendarEntry[] = [
  {
    date: "2026-06-22",
    kind: "revoked",
    account: "platform-deployer",
    object: 'token "ci"',
    address: "glsa_access_token.ci",
    detail: "token 11, which is replaced: its overlap is over, and it is kept while it is in use",
  },
  {
    date: "2026-07-01",
    kind: "rotates",
    account: "platform-deployer",
    object: 'token "ci"',
    address: "glsa_access_token.ci",
    detail: "To the CI/CD variable DEPLOY_TOKEN of platform/charts; then every 30 days.",
  },
  {
    date: "2026-07-05",
    kind: "expires",
    account: "legacy-bot",
    object: 'token "api"',
    address: "glsa_access_token.legacy_api",
    detail: "Nothing rotates it.",
  },
  {
    date: "2026-07-10",
    kind: "access-expires",
    account: "legacy-bot",
    object: "membership of platform/charts",
    address: "glsa_membership.legacy_in_charts",
    detail: "It was developer.",
  },
];

const calendar: Calendar = {
  entries,
  warnings: [
    {
      account: "legacy-bot",
      object: 'token "api"',
      address: "glsa_access_token.legacy_api",
      text: "It expires on 2026-07-05, and nothing replaces it. Write a later expires_at before that, or let it rotate.",
    },
  ],
};

interface Event {
  readonly uid: string;
  readonly summary: string;
  readonly description: string;
  readonly start: string;
  readonly isAllDay: boolean;
}

function eventsOf(text: string): Event[] {
  const root = new ICAL.Component(ICAL.parse(text) as unknown as string);
  return root.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    const { uid, summary, description, startDate } = event;
    return { uid, summary, description, start: startDate.toString(), isAllDay: startDate.isDate };
  });
}

function icalendarOf(entries: readonly CalendarEntry[], now = OPTIONS.now): string {
  return formattedCalendar({ entries, warnings: [] }, "icalendar", { ...OPTIONS, now });
}

test.each(CALENDAR_FORMATS)("%s shows every kind of day as the golden file does", (format) => {
  expectGolden(`calendar.${format}.txt`, formattedCalendar(calendar, format, OPTIONS));
});

test.each(CALENDAR_FORMATS)("%s of an empty calendar is as the golden file", (format) => {
  const empty = { entries: [], warnings: [] };
  expectGolden(`calendar-empty.${format}.txt`, formattedCalendar(empty, format, OPTIONS));
});

describe("iCalendar", () => {
  test("is read by another's parser, as all-day events", () => {
    const events = eventsOf(icalendarOf(entries));
    expect(events.map(({ start, isAllDay }) => [start, isAllDay])).toEqual(
      entries.map(({ date }) => [date, true]),
    );
  });

  test("keeps an event's UID when its day moves, and gives every event its own", () => {
    const [first] = entries as [CalendarEntry];
    const uids = (some: readonly CalendarEntry[], now?: Date) =>
      eventsOf(icalendarOf(some, now)).map(({ uid }) => uid);
    const moved = { ...first, date: "2026-08-01", detail: "later" };
    expect(uids([moved], new Date("2026-07-01T00:00:00Z"))).toEqual(uids([first]));
    expect(new Set(uids([...entries, first, first])).size).toBe(entries.length + 2);
  });

  test("folds lines at 75 bytes and keeps any text, without what nobody sees", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (name) => {
        const [first] = entries as [CalendarEntry];
        const text = icalendarOf([{ ...first, account: name, detail: `${name};,\\n:${name}` }]);
        const lines = text.split("\r\n");
        expect(lines.pop()).toBe("");
        for (const line of lines) {
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
          expect(line).not.toMatch(/(?!\uFE0F)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        }
        expect(eventsOf(text)).toHaveLength(1);
      }),
      { numRuns: 300 },
    );
  });

  test("keeps commas, semicolons and backslashes", () => {
    const [first] = entries as [CalendarEntry];
    const [event] = eventsOf(icalendarOf([{ ...first, detail: "a, b; c\\n d" }]));
    expect(event?.description).toBe("a, b; c\\n d\nglsa_access_token.ci");
  });
});

test("the columns of the text stay under each other for names that take two columns a character", () => {
  const wide = entries.map((each) => ({ ...each, account: "配信" }));
  const text = formattedCalendar({ entries: wide, warnings: [] }, "text", OPTIONS);
  const rows = text.split("\n").filter((line) => /^2026|^date/.test(line));
  const columns = rows.map((row) =>
    stringWidth(row.slice(0, row.search(/object$|token "|member/))),
  );
  expect(columns).toHaveLength(5);
  expect(new Set(columns).size).toBe(1);
});
