import type { PrivateState } from "../../provider/contract";

/** For a membership that was created elsewhere, until its first change: no policy was applied to it yet. */
export const IMPORTED: PrivateState = { imported: true };

export function isImported(kept: PrivateState | null): boolean {
  return kept?.["imported"] === true;
}

/** Once it is changed, its values were declared here. */
export function declaredHere(kept: PrivateState | null): PrivateState {
  return { ...kept, imported: false };
}
