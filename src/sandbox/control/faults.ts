/** What happens to a request: an answer with a status, a cut connection before or after the effect, or a delay in milliseconds. */
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

/** A disturbance of requests, as the control interface takes it. */
export interface Fault {
  /** A route's name such as `POST /groups/:id/service_accounts`; without it, every request counts. */
  readonly route?: string;
  /** The first matching request that is hit, counted from 1. */
  readonly nth?: number;
  /** How many are hit from there on; null never ends. */
  readonly times?: number | null;
  /** Hits only every so-and-so-many-th of them. @default 1 */
  readonly every?: number;
  /** What happens to a request that is hit. */
  readonly effect: FaultEffect;
}

/** A fault with the number of requests it has seen. */
export interface InstalledFault extends Fault {
  /** How many matching requests came since it was installed, be they hit or not. */
  readonly seen: number;
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

  list(): InstalledFault[] {
    return this.installed.map(({ fault, seen }) => ({ ...fault, seen }));
  }

  /** Counts a request with every matching fault; the effects that hit it, in order of installation. */
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
