import type { Outcome } from "../prove";

/** The verdicts of a run, the worst first. */
export type Verdict =
  /** Something is left behind, or the provider broke a promise. */
  | "broken"
  /** It did not finish. */
  | "unfinished"
  /** The stand-in responds differently somewhere. */
  | "different"
  | "alike";

export function verdictOf(outcome: Outcome): Verdict {
  const { checks, cleaned, endedBy, providerNotRun } = outcome;
  if (cleaned.left.length > 0 || checks.some(({ isKept }) => !isKept)) return "broken";
  if (endedBy !== undefined || providerNotRun !== undefined) return "unfinished";
  return differenceCount(outcome) > 0 ? "different" : "alike";
}

export function differenceCount({ proofs }: Pick<Outcome, "proofs">): number {
  return proofs
    .flatMap(({ replayed }) => replayed)
    .reduce((sum, { differences }) => sum + differences.length, 0);
}
