import type { Removals } from "../../model/policy";

/** What one run's plan removes, as far as it has been planned. */
export class RemovalTally {
  private readonly planned = {
    accounts: new Set<string>(),
    tokens: new Set<string>(),
    memberships: new Set<string>(),
  };
  private tooMany: string | undefined;

  /** Called once or more for each object that goes. */
  add(kind: keyof Removals, id: string): Removals {
    this.planned[kind].add(id);
    const { accounts, tokens, memberships } = this.planned;
    return { accounts: accounts.size, tokens: tokens.size, memberships: memberships.size };
  }

  /** True for the one object that is too much: what comes after it need not say so again. */
  isFirstTooMany(id: string): boolean {
    this.tooMany ??= id;
    return this.tooMany === id;
  }
}
