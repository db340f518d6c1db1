import type { Ledger } from "./ledger";

/** For a configuration that shares its run with no other, or where no engine started this process: in a debugger. */
export function solitaryLedger(trouble?: string): Ledger {
  const asked = new Set<string>();
  return {
    tell: () => {},
    retract: () => {},
    heard: () => undefined,
    heardAll: () => new Set(),
    heardInRun: () => false,
    sealed: (value) => value,
    isFirst: (what) => !asked.has(what) && asked.add(what).size > 0,
    now: () => process.hrtime.bigint(),
    orderTells: false,
    trouble,
  };
}
