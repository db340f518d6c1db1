import { performance } from "node:perf_hooks";

const NANOSECONDS = 1e6;

/** Bun counts from the start of the process. Unless the machine's clock is changed, the time of day is as good. */
const isOwnCount = process.versions["bun"] !== undefined;

/** Nanoseconds by a clock that all processes of this machine share. */
export function sharedClock(): bigint {
  if (!isOwnCount) return process.hrtime.bigint();
  return BigInt(Math.round((performance.timeOrigin + performance.now()) * NANOSECONDS));
}

/** When this process began, by the same clock. */
export function beginningOfProcess(): bigint {
  return sharedClock() - BigInt(Math.round(performance.now() * NANOSECONDS));
}
