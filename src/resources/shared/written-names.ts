import { type Attributes, type ConfigOf, type ResourceType } from "../../provider/contract";
import { type Ledger, type Run } from "../../run";
import type { Context } from "./context";
import { known } from "./problems";

const VALIDATED = "validated";
const NAME = "written-token-name";
const LATE_NAME = "late-token-name";

/**
 * Names of tokens that the code of a whole run has. Terraform and OpenTofu validate all blocks in a walk of its own before
 * they plan the first object; only there a plan can learn what nothing declares.
 */
export class WrittenNames {
  constructor(private readonly ledger: Ledger) {}

  /** Whether the run has told all names that its code has: not where one is known only later. */
  get areComplete(): boolean {
    return this.ledger.heardInRun(VALIDATED, "") && !this.ledger.heardInRun(LATE_NAME, "");
  }

  has(tokenName: string): boolean {
    return this.ledger.heardInRun(NAME, tokenName);
  }
}

/** The same type, which tells the run that blocks are validated, and which token names they have. */
export function tellingNames<A extends Attributes>(
  type: ResourceType<Context, A>,
  run: Run,
  nameIn?: (config: ConfigOf<A>) => unknown,
): ResourceType<Context, A> {
  return {
    ...type,
    validate(config, context) {
      // A context is there once the provider is configured, which is after that walk.
      if (context === undefined) tell(run, nameIn && { name: nameIn(config) });
      return type.validate?.(config, context) ?? [];
    },
  };
}

function tell(run: Run, token: { readonly name: unknown } | undefined): void {
  const ledger = run();
  ledger.tell(VALIDATED, "");
  if (token === undefined) return;
  const name = known(token.name);
  if (typeof name === "string") ledger.tell(NAME, name);
  else ledger.tell(LATE_NAME, "");
}
