/** The progress of a pass, for its output. */
export interface Progress {
  /** @param expected requests in total, as far as they are known before */
  begin(expected: number): void;
  /** @param what `tokens`, for output */
  phase(what: string): void;
  end(): void;
}

export const SILENT: Progress = {
  begin: () => undefined,
  phase: () => undefined,
  end: () => undefined,
};
