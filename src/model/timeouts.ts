import type { Problem } from "./problem";

const UNITS = { s: 1000, m: 60_000, h: 3_600_000 } as const;
const SHAPE = /^(\d+)(s|m|h)$/;

/** `90s`, `10m` or `1h` in milliseconds; undefined for anything else. */
export function parseTimeout(text: string): number | undefined {
  const parts = SHAPE.exec(text);
  return parts === null ? undefined : Number(parts[1]) * UNITS[parts[2] as keyof typeof UNITS];
}

export function timeoutProblem(attribute: string, text: string): Problem | undefined {
  if (parseTimeout(text) !== undefined) return undefined;
  return {
    code: "malformed-timeout",
    summary: `"${text}" is not a time to wait`,
    detail: `${attribute} must be a whole number of seconds, minutes or hours, such as 90s, 10m or 1h; got "${text}".`,
  };
}
