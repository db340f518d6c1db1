import type { UtcDate } from "../model";
import type { Calendar, CalendarEntry, CalendarWarning } from "../review";
import { calendarSummary, KIND_WORDS } from "../review/outputs";
import { distance } from "./data/days";
import { pageDocument } from "./document";
import { markup, type Markup } from "./markup";
import { badge, contents, named, sections, type Section } from "./notices";

export interface CalendarPageOptions {
  /** Of glsa. */
  readonly version: string;
  /** The first day of the calendar. */
  readonly today: UtcDate;
  /** The number of days it covers. */
  readonly days: number;
}

/** A calendar as one HTML file without any program: warnings, what is overdue, then month by month. */
export function calendarPage(calendar: Calendar, options: CalendarPageOptions): string {
  const { version, today, days } = options;
  const title = "Calendar of service accounts";
  const parts = sectionsOf(calendar, today);
  return pageDocument({
    title,
    header: markup`<h1>${title}</h1>\n<p class="lead">${calendarSummary(calendar, days)}, from ${today} on</p>\n${contents(parts)}`,
    main: sections(parts),
    footer: markup`<p>Written by glsa ${version}. Days are UTC. This file requests nothing from anywhere.</p>`,
  });
}

function sectionsOf({ entries, warnings }: Calendar, today: UtcDate): Section[] {
  const overdue = entries.filter(({ date }) => date < today);
  const ahead = entries.filter(({ date }) => date >= today);
  const months = [...new Set(ahead.map(({ date }) => date.slice(0, 7)))];
  return [
    {
      id: "warnings",
      title: "Warnings",
      count: warnings.length,
      body: markup`<ul class="findings">${warnings.map(warningItem)}</ul>`,
    },
    dated("overdue", "Overdue", overdue, today),
    ...months.map((month) =>
      dated(
        `month-${month}`,
        month,
        ahead.filter(({ date }) => date.startsWith(month)),
        today,
      ),
    ),
  ].filter(({ count }) => count > 0);
}

function warningItem({ account, object, address, text }: CalendarWarning): Markup {
  return markup`<li><div>${badge("warning")}</div><div><div><strong>${named(object)}</strong> of ${named(account)}: ${named(text)}</div><div class="below"><code>${named(address)}</code></div></div></li>\n`;
}

const HEADS = ["Day", "What", "Account", "Object", "Details"];

function dated(
  id: string,
  title: string,
  entries: readonly CalendarEntry[],
  today: UtcDate,
): Section {
  const heads = HEADS.map((head) => markup`<th scope="col" role="columnheader">${head}</th>`);
  const body = markup`<table class="stacks days" role="table"><caption><span class="spoken">${title}</span></caption><thead role="rowgroup"><tr role="row">${heads}</tr></thead><tbody role="rowgroup">${entries.map((entry) => row(entry, today))}</tbody></table>`;
  return { id, title, count: entries.length, body };
}

function row({ date, kind, account, object, address, detail }: CalendarEntry, today: UtcDate) {
  const cells = [
    markup`<time datetime="${date}">${date}</time> <span class="faint">${distance(date, today)}</span>`,
    markup`${KIND_WORDS[kind]}`,
    named(account),
    named(object),
    markup`<div>${named(detail)}</div><div class="below"><code>${named(address)}</code></div>`,
  ];
  const written = cells.map(
    (cell, index) =>
      markup`<td role="cell" data-title="${HEADS[index] ?? ""}"><div>${cell}</div></td>`,
  );
  return markup`<tr role="row">${written}</tr>\n`;
}
