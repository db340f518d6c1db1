import type { Removals } from "../../model/policy";
import { solitaryLedger, type Ledger } from "../../run";

/** What the plan of one run removes so far, in all provider configurations together. */
export class RemovalTally {
  private readonly planned = {
    accounts: new Set<string>(),
    tokens: new Set<string>(),
    memberships: new Set<string>(),
  };
  private tooMany: string | undefined;

  constructor(
    private readonly ledger: Ledger = solitaryLedger(),
    private readonly instance = "",
  ) {}

  /** Called once or more for each object that is removed. */
  add(kind: keyof Removals, id: string): Removals {
    const object = `${this.instance} ${id}`;
    const own = this.planned[kind];
    const sealed = this.ledger.sealed(object);
    if (!own.has(sealed)) this.ledger.tell(topicOf(kind), object);
    own.add(sealed);
    return {
      accounts: this.count("accounts"),
      tokens: this.count("tokens"),
      memberships: this.count("memberships"),
    };
  }

  /** True for the one object that exceeds the limit: later ones need not report it again. */
  isFirstTooMany(id: string): boolean {
    this.tooMany ??= id;
    return this.tooMany === id;
  }

  private count(kind: keyof Removals): number {
    return new Set([...this.planned[kind], ...this.ledger.heardAll(topicOf(kind))]).size;
  }
}

function topicOf(kind: keyof Removals): string {
  return `removal-${kind}`;
}
