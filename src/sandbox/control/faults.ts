/**
 * What happens to a request: a response with a status, a connection that is cut before or after the effect, or a delay
 * in milliseconds.
 */
export type FaultEffect =
  | {
      readonly kind: "status";
      readonly status: number;
      readonly body?: unknown;
      /** Sent instead of JSON. */
      readonly text?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly kind: "cut_before" }
  | { readonly kind: "cut_after" }
  | { readonly kind: "delay"; readonly ms: number };

/** A disturbance of requests, in the form of the control interface. */
export interface Fault {
  /** A route's name such as `POST /groups/:id/service_accounts`. Without it, every request matches. */
  readonly route?: string;
  /** The first matching request that is affected, counted from 1. */
  readonly nth?: number;
  /** How many are affected from there on. Null for all. */
  readonly times?: number | null;
  /** Affects only every n-th of them. @default 1 */
  readonly every?: number;
  /** What happens to an affected request. */
  readonly effect: FaultEffect;
}

/** A fault with the number of matching requests so far. */
export interface InstalledFault extends Fault {
  /** The number of matching requests since it was installed, affected or not. */
  readonly seen: number;
}

/** Faults with their counts of matching requests. */
export class Faults {
  private installed: { fault: Fault; seen: number }[] = [];

  install(faults: readonly Fault[]): void {
    this.installed.push(...faults.map((fault) => ({ fault, seen: 0 })));
  }

  clear(): void {
    this.installed = [];
  }

  list(): InstalledFault[] {
    return this.installed.map(({ fault, seen }) => ({ ...fault, seen }));
  }

  /** Counts a request with every matching fault. Returns the effects on it, in order of installation. */
  effectsOn(route: string): FaultEffect[] {
    return this.installed.flatMap((entry) => {
      const { route: wanted, every = 1, nth = every, times = 1, effect } = entry.fault;
      if (wanted !== undefined && wanted !== route) return [];
      entry.seen += 1;
      const isReached = entry.seen >= nth && (entry.seen - nth) % every === 0;
      const isHit = isReached && (times === null || entry.seen < nth + times * every);
      return isHit ? [effect] : [];
    });
  }
}
