/** What a pass is doing, for who watches it. */
export interface Progress {
  /** @param expected requests in all, as far as they are known before */
  begin(expected: number): void;
  /** @param what `tokens`, in words for a reader */
  phase(what: string): void;
  end(): void;
}

export const SILENT: Progress = {
  begin: () => undefined,
  phase: () => undefined,
  end: () => undefined,
};
