import { addDays, compareText, isUtcDate } from "../../model";
import { Accounts } from "../accounts/accounts";
import { plannedObject } from "../objects/planned-objects";
import type { Calendar, CalendarEntry, CalendarOptions, CalendarWarning } from "./entry";
import { standingOf } from "./standing";
import { membershipDates, tokenDates, type Dated } from "./dates";
import { tokenWarnings, type Horizon } from "./warnings";

/**
 * What rotates, is revoked or expires within some days.
 * @param text a state (`terraform show -json`, `tofu show -json`, `pulumi stack export`) or a plan, which tells what will
 *   be after its apply
 * @throws UnreadablePlanError for anything else
 */
export function calendarOf(text: string, options: CalendarOptions): Calendar {
  const reading = standingOf(text);
  const groups = new Accounts(reading.resources.map(plannedObject), reading).all();
  const horizon = { ...options, last: addDays(options.today, options.days) };
  const entries: CalendarEntry[] = [];
  const warnings: CalendarWarning[] = [];
  for (const { label, objects } of groups) {
    for (const object of objects) {
      if (object.kind === "account") continue;
      const isToken = object.kind === "token";
      const about = { account: label, address: object.resource.address };
      const dates = isToken ? tokenDates(object) : membershipDates(object);
      entries.push(
        ...dates
          .filter((each) => isWithin(each, horizon))
          .map((each) => ({
            ...each,
            ...about,
            ...(each.date < options.today && { overdue: true as const }),
          })),
      );
      if (!isToken) continue;
      warnings.push(...tokenWarnings(object, horizon).map((each) => ({ ...each, ...about })));
    }
  }
  return { entries: entries.sort(byDate), warnings: warnings.sort(byAccount) };
}

/** The calendars of several states as one, each entry with the state that it is of. */
export function merged(
  calendars: readonly { readonly state: string; readonly calendar: Calendar }[],
): Calendar {
  const inState = calendars.length > 1;
  return {
    entries: calendars
      .flatMap(({ state, calendar }) =>
        calendar.entries.map((each) => (inState && state !== "" ? { ...each, state } : each)),
      )
      .sort(byDate),
    warnings: calendars.flatMap(({ calendar }) => calendar.warnings).sort(byAccount),
  };
}

/** What only an apply does waits for one; what comes by itself is over once its day has passed. */
function isWithin({ date, kind }: Dated, { today, last }: Horizon): boolean {
  if (!isUtcDate(date) || date > last) return false;
  return kind === "rotates" || kind === "revoked" || date >= today;
}

function byDate(left: CalendarEntry, right: CalendarEntry): number {
  return (
    compareText(left.date, right.date) ||
    byAccount(left, right) ||
    compareText(left.kind, right.kind)
  );
}

function byAccount(
  left: CalendarWarning | CalendarEntry,
  right: CalendarWarning | CalendarEntry,
): number {
  return (
    compareText(left.account, right.account) ||
    compareText(left.object, right.object) ||
    compareText(left.address, right.address)
  );
}
