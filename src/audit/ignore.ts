import { matchesPattern, type UtcDate } from "../model";

/** An ignore pattern of the configuration. */
export interface Ignore {
  readonly code: string;
  readonly object: string;
  readonly reason: string;
  readonly until: UtcDate;
}

/** Whether a pattern covers a finding. `*` matches anything, and letter case does not matter, as in GitLab's names. */
export function covers(
  { code, object }: Ignore,
  finding: { readonly code: string; readonly address: string },
): boolean {
  return matches(code, finding.code) && matches(object, finding.address);
}

function matches(pattern: string, text: string): boolean {
  return matchesPattern(pattern.toLowerCase(), text.toLowerCase());
}
