/**
 * The seconds of a `Retry-After`, written as a number or as a date. Undefined if it has no usable value. A time in the
 * past means no wait.
 * @param now the server's clock
 */
export function retryAfterSeconds(header: string | undefined, now: Date): number | undefined {
  const written = header?.trim() ?? "";
  if (/^\d+(\.\d+)?$/.test(written)) return Number(written);
  // Node.js would read a negative number as a year.
  if (!/[a-z]/i.test(written)) return undefined;
  const moment = Date.parse(written);
  return Number.isNaN(moment) ? undefined : Math.max(0, (moment - now.getTime()) / 1000);
}
