import type { Ledger } from "../../run";

const TOLD = "failed-configuration";
const WORKS = "usable-server";

/**
 * Whether another configuration of this walk reports the same failure, so that this one need not repeat it: one error
 * ends the walk. Of several at once the earliest reports it.
 * @param server what an earlier walk may have reached, after which every failure is new
 */
export function isToldElsewhere(cause: string, server: string, ledger: Ledger): boolean {
  const began = ledger.now();
  ledger.tell(TOLD, cause);
  const told = ledger.heard(TOLD, cause);
  return told !== undefined && told < began && !ledger.heardInRun(WORKS, server);
}

export function tellUsable(server: string, ledger: Ledger): void {
  ledger.tell(WORKS, server);
}
