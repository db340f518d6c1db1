import { Once } from "../gitlab";

/** One `Once` per key: callers that need the same at the same time share one result. */
export class KeyedOnce<T> {
  private readonly entries = new Map<string, Once<T>>();

  get(key: string, ask: () => Promise<T>): Promise<T> {
    let entry = this.entries.get(key);
    if (entry === undefined) {
      entry = new Once(ask);
      this.entries.set(key, entry);
    }
    return entry.get();
  }

  /** A cached result. Undefined if there is none. */
  peek(key: string): Promise<T> | undefined {
    return this.entries.get(key)?.get();
  }

  /** The next `get` reads it again. */
  forget(key: string): void {
    this.entries.delete(key);
  }
}
