/** The delay of every response: always the same, or from a range. */
export type Latency =
  { readonly ms: number } | { readonly min_ms: number; readonly max_ms: number };

export const noLatency: Latency = { ms: 0 };

/** The delay of one response. */
export function drawLatency(latency: Latency): number {
  if ("ms" in latency) return latency.ms;
  return latency.min_ms + Math.random() * (latency.max_ms - latency.min_ms);
}
