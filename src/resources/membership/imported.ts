import type { PrivateState } from "../../provider/contract";

/** Of a membership that something else made, until its first change: no policy had a say yet. */
export const IMPORTED: PrivateState = { imported: true };

export function isImported(kept: PrivateState | null): boolean {
  return kept?.["imported"] === true;
}

/** Once it is changed, what it is was declared here. */
export function declaredHere(kept: PrivateState | null): PrivateState {
  return { ...kept, imported: false };
}
