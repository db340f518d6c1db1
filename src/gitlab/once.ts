/** Runs once and caches the result. A failure is not cached. */
export class Once<T> {
  private answer: Promise<T> | undefined;

  constructor(private readonly ask: () => Promise<T>) {}

  get(): Promise<T> {
    this.answer ??= this.ask().catch((error: unknown) => {
      this.answer = undefined;
      throw error;
    });
    return this.answer;
  }
}
