import { setTimeout as sleep } from "node:timers/promises";

interface Repetition {
  /** Milliseconds before each attempt, the first one included. */
  readonly pauses: readonly number[];
  /** Whether another attempt may mend what was thrown. */
  readonly mayMend: (cause: unknown) => boolean;
  /** Whether no further attempt is wanted any more. */
  readonly isStopped: () => boolean;
}

/**
 * Repeats what is more than a request: work whose failure the caller can judge, and whose second attempt it has made
 * harmless. Throws what the last attempt threw.
 * @param work is told how many attempts came before
 */
export async function repeat<T>(
  { pauses, mayMend, isStopped }: Repetition,
  work: (before: number) => Promise<T>,
): Promise<T> {
  for (let before = 0; ; before++) {
    await sleep(pauses[before] ?? 0);
    try {
      return await work(before);
    } catch (cause) {
      const isLast = before >= pauses.length - 1 || isStopped();
      if (isLast || !mayMend(cause)) throw cause;
    }
  }
}
