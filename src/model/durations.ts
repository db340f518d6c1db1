import type { Problem } from "./problem";

const DAYS_OF_UNIT: Readonly<Record<string, number>> = { d: 1, w: 7 };
const SHORT = /^(\d{1,5})([dw])$/;
const ISO = /^P(\d{1,5})([DW])$/;

/** `30d`, `4w`, `P30D` or `P4W` in whole days; undefined for anything else. */
export function parseDays(text: string): number | undefined {
  const parts = SHORT.exec(text) ?? ISO.exec(text);
  if (parts === null) return undefined;
  return Number(parts[1]) * (DAYS_OF_UNIT[(parts[2] ?? "").toLowerCase()] ?? 1);
}

export function formatDays(days: number): string {
  return days === 1 ? "1 day" : `${days} days`;
}

export function daysProblem(attribute: string, text: string): Problem | undefined {
  if (parseDays(text) !== undefined) return undefined;
  return {
    code: "malformed-duration",
    summary: `"${text}" is not a number of days`,
    detail: `${attribute} must be whole days or weeks, such as 30d, 4w or P30D; got "${text}".`,
  };
}
