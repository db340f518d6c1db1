import { matchesPattern } from "../model";
import type { NightToken } from "./report";

/** Which of the tokens that are due a run is for. */
export interface Choice {
  /** Addresses, usernames, or patterns of them with `*`; empty for all. */
  readonly only: readonly string[];
  readonly max: number | undefined;
}

export interface Chosen {
  readonly targets: readonly NightToken[];
  /** Meant, and one too many for this run. */
  readonly beyond: readonly NightToken[];
}

/** @param due those that end first in front */
export function chosenOf(due: readonly NightToken[], { only, max }: Choice): Chosen {
  const meant = due.filter((token) => isMeant(token, only));
  const count = max ?? meant.length;
  return { targets: meant.slice(0, count), beyond: meant.slice(count) };
}

export function isMeant({ address, account }: NightToken, only: readonly string[]): boolean {
  if (only.length === 0) return true;
  return only.some((pattern) => [address, account].some((name) => matchesPattern(pattern, name)));
}
