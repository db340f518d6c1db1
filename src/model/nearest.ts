import { closest, distance } from "fastest-levenshtein";

/** The candidate that a misspelt word most likely means; undefined when none is near. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const typed = word.toLowerCase().replaceAll("-", "_");
  if (candidates.length === 0) return undefined;
  const found = closest(typed, [...candidates]);
  const tolerated = Math.max(2, Math.floor(found.length / 3));
  return distance(typed, found) <= tolerated ? found : undefined;
}

/** " Did you mean \"x\"?", or nothing. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const found = nearest(word, candidates);
  return found === undefined ? "" : ` Did you mean "${found}"?`;
}
