/**
 * Who holds what during one run. When an object's address changes, the engine creates it at the new address and
 * destroys it at the old one, in any order or at once; the destruction must not take what the creation just took over.
 */
export class Claims {
  private readonly claimed = new Set<string>();
  private readonly intentions = { keep: new Set<string>(), destroy: new Set<string>() };
  private readonly released = new Set<string>();
  private readonly destinations = new Map<string, string>();
  private readonly keys = new Map<string, string>();
  private readonly tokens = new Set<string>();
  private readonly queues = new Map<string, Promise<void>>();

  /** Called by a creation, before it looks at what exists. */
  claim(object: string): void {
    this.claimed.add(object);
  }

  isClaimed(object: string): boolean {
    return this.claimed.has(object);
  }

  /** Called by plans. True when another address of this plan means the opposite for the same object. */
  planned(object: string, intention: "keep" | "destroy"): boolean {
    this.intentions[intention].add(object);
    return this.intentions[intention === "keep" ? "destroy" : "keep"].has(object);
  }

  /** Called by a destruction: what comes after it is no contradiction. */
  destroying(object: string): void {
    this.intentions.destroy.delete(object);
  }

  /** Called by a plan that will free a username, for the plan of the object that then takes it. */
  release(username: string): void {
    this.released.add(username.toLowerCase());
  }

  isReleased(username: string): boolean {
    return this.released.has(username.toLowerCase());
  }

  /** False when another declaration of this run delivers there. */
  holdDestination(address: string, holder: string): boolean {
    const present = this.destinations.get(address) ?? holder;
    this.destinations.set(address, present);
    return present === holder;
  }

  /** False when another token of this run, of another name, has the key. */
  holdKey(key: string, tokenName: string): boolean {
    const present = this.keys.get(key) ?? tokenName;
    this.keys.set(key, present);
    return present === tokenName;
  }

  /** Called once for each declaration of a walk. False when there was one of the same account and name before. */
  declareToken(accountId: string, tokenName: string): boolean {
    const token = `${accountId} ${tokenName}`;
    if (this.tokens.has(token)) return false;
    this.tokens.add(token);
    return true;
  }

  /** Runs one piece of work at a time for each object. */
  async exclusively<T>(object: string, work: () => Promise<T>): Promise<T> {
    const before = this.queues.get(object) ?? Promise.resolve();
    const result = before.then(work);
    this.queues.set(
      object,
      result.then(
        () => undefined,
        () => undefined,
      ),
    );
    return result;
  }
}
