const MILLISECONDS_PER_DAY = 86_400_000;

/** Days since 1970 of a day or a moment, with the part of the day that has passed. */
export function dayNumber(text: string): number {
  return Date.parse(text.length === 10 ? `${text}T00:00:00Z` : text) / MILLISECONDS_PER_DAY;
}

export function dayOf(number: number): string {
  return new Date(number * MILLISECONDS_PER_DAY).toISOString().slice(0, 10);
}

/** `today`, `in 3 d`, `3 d ago`. */
export function distance(day: string, today: string): string {
  const days = Math.round(dayNumber(day.slice(0, 10)) - dayNumber(today));
  if (days === 0) return "today";
  return days > 0 ? `in ${days} d` : `${-days} d ago`;
}

/** `2026-07-01 08:15`, without seconds. */
export function minute(moment: string): string {
  return moment.slice(0, 16).replace("T", " ");
}
