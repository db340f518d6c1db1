import { inWords, isKnown, sameValue, type Told } from "../objects/values";

export const FOR_EVER = "for ever";

/** "for ever" for what never ends. */
export function endInWords(date: Told<string>): string {
  return date === null ? FOR_EVER : inWords(date);
}

/** Whether an end that nothing is known of may be a later one. */
export function compareEnds(
  before: Told<string>,
  after: Told<string>,
): "same" | "later" | "earlier" {
  if (sameValue(before, after)) return "same";
  if (before === null) return isKnown(after) ? "earlier" : "later";
  if (after === null) return "later";
  return isKnown(before) && isKnown(after) && after < before ? "earlier" : "later";
}
