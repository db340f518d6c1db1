import { closest, distance } from "fastest-levenshtein";
import { error, type AttributePath, type Diagnostic } from "../contract";

/** Refused at every depth: engines pass whatever a program writes, and unknown properties would be dropped silently. */
export function unknownProperty(
  path: AttributePath,
  property: string,
  known: readonly string[],
): Diagnostic {
  const meant = closest(property, known);
  const isNear = distance(property, meant) <= Math.max(2, meant.length / 3);
  const proposal = isNear ? ` Did you mean "${meant}"?` : "";
  const detail = `There is no "${property}" here, only ${known.join(", ")}.${proposal}`;
  return error("unknown-property", "Unknown property", detail, path);
}

/**
 * The setting of the provider that a key most likely means. A project that has the provider's name keeps keys of its
 * own beside it, so only a similar key counts.
 */
export function meantSetting(key: string, known: readonly string[]): string | undefined {
  const spelled = known.find((name) => letters(name) === letters(key));
  if (spelled !== undefined) return spelled;
  const near = closest(key, known);
  return distance(key, near) <= (near.length > 7 ? 2 : 1) ? near : undefined;
}

function letters(name: string): string {
  return name.replace(/[_-]/g, "").toLowerCase();
}
