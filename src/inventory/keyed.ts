import { Once } from "../gitlab";

/** One `Once` per key: many callers that ask for the same at the same time share one answer. */
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

  /** What was asked already; undefined when nobody has. */
  peek(key: string): Promise<T> | undefined {
    return this.entries.get(key)?.get();
  }

  /** The next `get` asks again. */
  forget(key: string): void {
    this.entries.delete(key);
  }
}
