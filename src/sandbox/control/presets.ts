import type { Fault } from "./faults";
import type { Latency } from "./latency";

/** A set of disturbances. */
interface Preset {
  readonly latency: Latency;
  /** Milliseconds by which reads lag behind. */
  readonly lag: number;
  readonly faults: readonly Fault[];
}

const badGateway: Fault = {
  every: 29,
  times: null,
  effect: {
    kind: "status",
    status: 502,
    text: "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>cloudflare</center>\r\n</body>\r\n</html>\r\n",
    headers: { "Content-Type": "text/html" },
  },
};

const retryLater: Fault = {
  every: 13,
  times: null,
  effect: {
    kind: "status",
    status: 429,
    text: "Retry later",
    headers: { "Content-Type": "text/plain", "Retry-After": "1" },
  },
};

/** Failures that occur together in practice, by name. */
export const presets = {
  /** gitlab.com on a bad day: slow, often "Retry later", sometimes 502, and lagging replicas. */
  bad_day: { latency: { min_ms: 20, max_ms: 200 }, lag: 500, faults: [badGateway, retryLater] },
  /** Now and then the connection breaks, before or after the effect. */
  flaky_network: {
    latency: { ms: 0 },
    lag: 0,
    faults: [
      { every: 17, times: null, effect: { kind: "cut_before" } },
      { every: 23, times: null, effect: { kind: "cut_after" } },
    ],
  },
  /** A new object cannot be read for a second. */
  lagging_replica: { latency: { ms: 0 }, lag: 1000, faults: [] },
} as const satisfies Record<string, Preset>;

/** The name of a preset. */
export type PresetName = keyof typeof presets;
export const presetNames = Object.keys(presets) as readonly PresetName[];
