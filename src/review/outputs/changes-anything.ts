import type { ChangeKind, Review } from "../review";

/** What is told although an apply would do nothing about it. */
const OBSERVED: readonly ChangeKind[] = ["revocation-held", "rotation-waits", "strays-found"];

/** Whether an apply of the plan would do anything, even only to the state. */
export function changesAnything({ planned, accounts }: Review): boolean {
  if (planned.create + planned.update + planned.delete > 0) return true;
  return accounts.some(({ changes }) => changes.some(({ kind }) => !OBSERVED.includes(kind)));
}
