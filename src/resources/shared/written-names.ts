import type { Ledger } from "../../run";
import { known } from "./problems";

export const VALIDATED = "validated";
const NAME = "written-token-name";
const LATE_NAME = "late-token-name";

/**
 * Names of all tokens in the code of a run. Terraform and OpenTofu validate all blocks in a separate walk before they
 * plan the first object, so that a plan can find out what is not declared. On Pulumi that is known when the program has
 * ended.
 */
export class WrittenNames {
  private readonly own = new Set<string>();
  private isOneLate = false;

  constructor(private readonly ledger: Ledger) {}

  /** Whether the run has reported all names in its code. False if one is known only later. */
  get areComplete(): boolean {
    return this.ledger.heardInRun(VALIDATED, "") && !this.isLate;
  }

  /** Whether one is known only later. */
  get isLate(): boolean {
    return this.isOneLate || this.ledger.heardInRun(LATE_NAME, "");
  }

  has(tokenName: string): boolean {
    return this.own.has(tokenName) || this.ledger.heardInRun(NAME, tokenName);
  }

  add(written: unknown): void {
    const name = known(written);
    if (typeof name === "string") this.own.add(name);
    else this.isOneLate = true;
    tellName(this.ledger, written);
  }
}

export function tellName(ledger: Ledger, written: unknown): void {
  const name = known(written);
  if (typeof name === "string") ledger.tell(NAME, name);
  else ledger.tell(LATE_NAME, "");
}
