/** A time in GitLab's form: UTC, milliseconds, `Z`. */
export type Timestamp = string;

/** A calendar date, `YYYY-MM-DD`. */
export type CalendarDate = string;

export const dayInMilliseconds = 86_400_000;

const earliest = 0;
/** Later dates would have years of five digits. */
const latest = Date.parse("9990-01-01T00:00:00Z");

/** The stand-in's clock. It runs at normal speed from the time that it was set to. */
export class Clock {
  private offset = 0;

  constructor(start?: string | Date) {
    if (start !== undefined) this.set(start);
  }

  milliseconds(): number {
    return Date.now() + this.offset;
  }

  now(): Timestamp {
    return new Date(this.milliseconds()).toISOString();
  }

  today(): CalendarDate {
    return this.now().slice(0, 10);
  }

  set(instant: string | Date): void {
    const target = new Date(instant).getTime();
    if (!(target >= earliest && target <= latest)) {
      throw new RangeError(`"${String(instant)}" is not an instant between 1970 and 9990`);
    }
    this.offset = target - Date.now();
  }
}

/** The date a number of days after another. */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  const instant = Date.parse(`${date}T00:00:00Z`) + days * dayInMilliseconds;
  return new Date(instant).toISOString().slice(0, 10);
}

const durationPattern =
  /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** Milliseconds of an ISO 8601 duration of weeks, days, hours, minutes and seconds. Undefined if it is invalid. */
export function parseDuration(text: string): number | undefined {
  const match = durationPattern.exec(text);
  if (match === null || text === "P" || text.endsWith("T")) return undefined;
  const [weeks, days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  const wholeDays = (weeks ?? 0) * 7 + (days ?? 0);
  const wholeMinutes = (hours ?? 0) * 60 + (minutes ?? 0);
  return wholeDays * dayInMilliseconds + wholeMinutes * 60_000 + (seconds ?? 0) * 1000;
}
