import { isWholeAddress } from "./address";
import type { Finding } from "./finding";

/** A few words: the object, and the rule that it breaks. */
export function findingSummary({ object, rule }: Finding): string {
  return `${object.charAt(0).toUpperCase()}${object.slice(1)} breaks the rule ${rule}`;
}

/** What was found, the remedy, and how to except it. */
export function findingText(finding: Finding): string {
  const { detail, remedy, severity, rule, address } = finding;
  const text = `${detail} ${remedy}`;
  if (severity !== "error" || !isWholeAddress(address)) return text;
  return `${text} If it must be so for a while, add an exception to the policy for rule "${rule}", object "${address}", with a reason and an end date.`;
}
