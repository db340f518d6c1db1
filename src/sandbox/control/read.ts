import { parseDuration } from "../clock";
import { applicationLimits, type ApplicationThresholds } from "../http/application-limits";
import type { ThrottleRule } from "../http/throttle";
import type { StoreDump } from "../state/store";
import type { Fault, FaultEffect } from "./faults";
import type { Latency } from "./latency";
import { presetNames, type PresetName } from "./presets";

/** The refusal of a control call. */
export class ControlError extends Error {}

export type ControlBody = Readonly<Record<string, unknown>>;

/** Limits of both kinds. Null disables one. */
export interface Limits extends ApplicationThresholds {
  /** The limiter in front of everything. */
  readonly throttle: ThrottleRule | null;
}

/** The complete state as JSON, with the time of the dump. */
export interface SandboxState extends StoreDump {
  /** The time of the dump. */
  readonly now: string;
}

export function durationOf(text: unknown, explanation: string): number {
  const milliseconds = typeof text === "string" ? parseDuration(text) : undefined;
  if (milliseconds === undefined) throw new ControlError(explanation);
  return milliseconds;
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && Number.isFinite(value);
}

export function readLatency({ ms, min_ms, max_ms }: ControlBody): Latency {
  if (isCount(ms)) return { ms };
  if (isCount(min_ms) && isCount(max_ms) && min_ms <= max_ms) return { min_ms, max_ms };
  throw new ControlError('latency takes {"ms":<number>} or {"min_ms":<number>,"max_ms":<number>}');
}

export function readLimits(body: ControlBody): Partial<Limits> {
  const limits: Record<string, unknown> = {};
  for (const name of applicationLimits) {
    const value = body[name];
    if (value === undefined) continue;
    if (value !== null && !isCount(value)) throw new ControlError(`${name} is a number or null`);
    limits[name] = value;
  }
  const { throttle } = body;
  if (throttle === undefined) return limits;
  return { ...limits, throttle: throttle === null ? null : readThrottle(throttle) };
}

function readThrottle(value: unknown): ThrottleRule {
  const { requests, period_seconds, unauthenticated_requests } = (value ?? {}) as ControlBody;
  if (
    isCount(requests) &&
    isCount(period_seconds) &&
    period_seconds > 0 &&
    (unauthenticated_requests === undefined || isCount(unauthenticated_requests))
  ) {
    return { requests, period_seconds, unauthenticated_requests };
  }
  throw new ControlError(
    'throttle takes {"requests":<number>,"period_seconds":<number>,"unauthenticated_requests":<number>}',
  );
}

export function readPreset({ preset }: ControlBody): PresetName {
  const found = presetNames.find((name) => name === preset);
  if (found === undefined) {
    throw new ControlError(`preset takes {"preset":<name>}, one of ${presetNames.join(", ")}`);
  }
  return found;
}

export function readState(body: ControlBody): SandboxState {
  const isDump = typeof body["now"] === "string" && typeof body["users"] === "object";
  if (!isDump) throw new ControlError("a state is what GET state answered");
  return body as unknown as SandboxState;
}

export function readFaults({ faults }: ControlBody): Fault[] {
  if (Array.isArray(faults) && faults.every(isFault)) return faults;
  throw new ControlError('faults take {"faults":[{"route","nth","times","effect"}]}');
}

function isFault(value: unknown): value is Fault {
  if (typeof value !== "object" || value === null) return false;
  const { route, nth, times, every, effect } = value as ControlBody;
  return (
    (route === undefined || typeof route === "string") &&
    (nth === undefined || isPositive(nth)) &&
    (every === undefined || isPositive(every)) &&
    (times === undefined || times === null || isPositive(times)) &&
    isEffect(effect)
  );
}

function isPositive(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) > 0;
}

function isEffect(value: unknown): value is FaultEffect {
  if (typeof value !== "object" || value === null) return false;
  const { kind, status, ms } = value as ControlBody;
  if (kind === "cut_before" || kind === "cut_after") return true;
  if (kind === "delay") return isCount(ms);
  return (
    kind === "status" && Number.isInteger(status) && Number(status) >= 200 && Number(status) < 600
  );
}
