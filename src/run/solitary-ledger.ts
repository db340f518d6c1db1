import type { Ledger } from "./ledger";

/** For a configuration that shares its run with no other, or if no engine started this process: in a debugger. */
export function solitaryLedger(trouble?: string): Ledger {
  const asked = new Set<string>();
  const words = new Map<string, string[]>();
  return {
    tell: () => {},
    retract: () => {},
    heard: () => undefined,
    heardAll: () => new Set(),
    heardInRun: () => false,
    sealed: (value) => value,
    share: (topic, text) => words.set(topic, [...(words.get(topic) ?? []), text]),
    shared: (topic) => words.get(topic) ?? [],
    isFirst: (what) => !asked.has(what) && asked.add(what).size > 0,
    now: () => process.hrtime.bigint(),
    orderTells: false,
    trouble,
  };
}
