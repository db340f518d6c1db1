export type FaultEffect =
  | {
      readonly kind: "status";
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly kind: "cut_before" }
  | { readonly kind: "cut_after" }
  | { readonly kind: "delay"; readonly ms: number };

/** A disturbance of requests, as the control interface takes it. */
export interface Fault {
  /** A route's name such as `POST /groups/:id/service_accounts`; without it, every request counts. */
  readonly route?: string;
  /** The first matching request that is hit, counted from 1. */
  readonly nth?: number;
  /** How many are hit from there on; null never ends. */
  readonly times?: number | null;
  readonly effect: FaultEffect;
}

/** Faults with the count of requests that each has seen. */
export class Faults {
  private installed: { fault: Fault; seen: number }[] = [];

  install(faults: readonly Fault[]): void {
    this.installed.push(...faults.map((fault) => ({ fault, seen: 0 })));
  }

  clear(): void {
    this.installed = [];
  }

  list(): (Fault & { seen: number })[] {
    return this.installed.map(({ fault, seen }) => ({ ...fault, seen }));
  }

  /** Counts a request with every matching fault; the effects that hit it, in order of installation. */
  effectsOn(route: string): FaultEffect[] {
    return this.installed.flatMap((entry) => {
      const { route: wanted, nth = 1, times = 1, effect } = entry.fault;
      if (wanted !== undefined && wanted !== route) return [];
      entry.seen += 1;
      const isHit = entry.seen >= nth && (times === null || entry.seen < nth + times);
      return isHit ? [effect] : [];
    });
  }
}

/** Reads faults from a control request; undefined when they make no sense. */
export function readFaults(
  value: unknown,
  isRoute: (name: string) => boolean,
): Fault[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.every((entry): entry is Fault => isFault(entry, isRoute)) ? value : undefined;
}

function isFault(value: unknown, isRoute: (name: string) => boolean): value is Fault {
  if (typeof value !== "object" || value === null) return false;
  const { route, nth, times, effect } = value as Record<string, unknown>;
  return (
    (route === undefined || (typeof route === "string" && isRoute(route))) &&
    (nth === undefined || isPositive(nth)) &&
    (times === undefined || times === null || isPositive(times)) &&
    isEffect(effect)
  );
}

function isPositive(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) > 0;
}

function isEffect(value: unknown): value is FaultEffect {
  if (typeof value !== "object" || value === null) return false;
  const { kind, status, ms } = value as Record<string, unknown>;
  if (kind === "cut_before" || kind === "cut_after") return true;
  if (kind === "delay") return typeof ms === "number" && ms >= 0;
  return (
    kind === "status" && Number.isInteger(status) && Number(status) >= 200 && Number(status) < 600
  );
}
