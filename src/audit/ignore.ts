import type { UtcDate } from "../model";

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

/** In one pass over the text, for any number of stars. */
function matches(pattern: string, text: string): boolean {
  const [first = "", ...rest] = pattern.toLowerCase().split("*");
  const whole = text.toLowerCase();
  if (rest.length === 0) return whole === first;
  const last = rest.pop() ?? "";
  if (!whole.startsWith(first) || whole.length < first.length + last.length) return false;
  let from = first.length;
  for (const part of rest) {
    const at = whole.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return whole.endsWith(last) && whole.length - last.length >= from;
}
