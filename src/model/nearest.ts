import { closest, distance } from "fastest-levenshtein";

/** The candidate that a misspelled word most likely means. Undefined if none is similar. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const typed = word.toLowerCase().replaceAll("-", "_");
  if (candidates.length === 0) return undefined;
  const found = closest(typed, [...candidates]);
  const tolerated = Math.max(2, Math.floor(found.length / 3));
  return distance(typed, found) <= tolerated ? found : undefined;
}

/**
 * The same for a setting's name. Without a similar one, the only one that shares a word with it, since users may
 * remember the words of a name in another order or with others: `role_limit` is `max_role`.
 */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  const near = nearest(name, names);
  if (near !== undefined) return near;
  const typed = new Set(wordsOf(name));
  const [only, ...others] = names.filter((each) => wordsOf(each).some((word) => typed.has(word)));
  return others.length === 0 ? only : undefined;
}

/** In snake_case, kebab-case or camelCase. Short ones are ignored. */
function wordsOf(name: string): string[] {
  const words = name.split(/[_-]|(?=[A-Z])/).map((word) => word.toLowerCase());
  return words.filter((word) => word.length > 3);
}

/** " Did you mean \"x\"?", or nothing. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  return proposal(nearest(word, candidates));
}

/** The same for a setting's name. */
export function didYouMeanName(name: string, names: readonly string[]): string {
  return proposal(nearestName(name, names));
}

function proposal(found: string | undefined): string {
  return found === undefined ? "" : ` Did you mean "${found}"?`;
}
