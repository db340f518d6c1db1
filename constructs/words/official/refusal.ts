import type { DeclarationProblem } from "../declaration-problem";

/**
 * What was declared, and the official provider cannot do.
 * @param cannot what it does not do, or does instead, after "The official GitLab provider"
 * @param wayOut what to write to go on with it
 */
export function refusal(property: string, cannot: string, wayOut: string): DeclarationProblem {
  return {
    property,
    summary: `The official GitLab provider ${cannot}`,
    detail: `${wayOut}, or use glsa's provider.`,
  };
}

/**
 * Whether a setting was made for which the official provider has no attribute. A late one counts, too: there is
 * nowhere to put it, whatever it will be.
 */
export function isSet(value: unknown): boolean {
  const isEmpty = Array.isArray(value) && value.length === 0;
  return value !== undefined && value !== false && !isEmpty;
}
