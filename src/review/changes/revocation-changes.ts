import type { PreviousState } from "../../model";
import type { PreviousForm, TokenForm } from "../objects/forms";
import { inWords, isKnown, known, UNKNOWN } from "../objects/values";
import type { Change } from "../review";
import type { Tell } from "./change";

const HELD: PreviousState = "held";
const DUE: PreviousState = "due";
const OVERDUE: PreviousState = "overdue";

/** Whether the next apply revokes it. */
export function isDue({ state }: PreviousForm): boolean {
  return state === DUE || state === OVERDUE;
}

/** The replaced tokens that this apply revokes. */
export function revocationChanges(before: TokenForm, after: TokenForm, tell: Tell): Change[] {
  // Unknown where an apply may change them, so that it revokes none where it is known.
  const mayChange = after.previous === UNKNOWN;
  return previousOf(before).flatMap((entry) => {
    const token = `token ${inWords(entry.tokenId)}`;
    if (isListed(after, entry)) {
      const summary = `${token} is revoked at once (revoke_now)`;
      const details = ["It is replaced already."];
      return mayChange ? [tell("revocation-due", "loses", summary, { details })] : [];
    }
    if (!mayChange || !isDue(entry)) return [];
    return [
      tell("revocation-due", "routine", `${token} is revoked`, {
        details: [`Its overlap ended at ${inWords(entry.revokeAt)}.`, ...usedDetail(entry)],
      }),
    ];
  });
}

/** The replaced tokens that live longer than they should, whether or not anything changes. */
export function heldChanges(form: TokenForm, tell: Tell): Change[] {
  return previousOf(form)
    .filter(({ state }) => state === HELD)
    .map((entry) =>
      tell("revocation-held", "routine", `token ${inWords(entry.tokenId)} is not revoked yet`, {
        details: [sentence(known(entry.note) ?? "")],
      }),
    );
}

export function strayChanges({ strays }: TokenForm, tell: Tell): Change[] {
  if (!isKnown(strays) || strays.length === 0) return [];
  const words = strays.length === 1 ? "1 token" : `${strays.length} tokens`;
  const details = strays.map(
    (stray) => `Token ${inWords(stray)} works on until its overlap behind the next one is over.`,
  );
  return [tell("strays-found", "routine", `${words} of an interrupted run`, { details })];
}

/** Whether the present token is named in `revoke_now`. */
export function revokesAtOnce(before: TokenForm, after: TokenForm): boolean {
  return isListed(after, before);
}

/** Numbers that were added to `revoke_now` and are none of the living tokens. */
export function deadRevocations(before: TokenForm, after: TokenForm): boolean {
  const had = new Set((known(before.revokeNow) ?? []).map(inWords));
  const added = (known(after.revokeNow) ?? []).filter((id) => !had.has(inWords(id)));
  const alive = [before, ...previousOf(before)].map(({ tokenId }) => inWords(tokenId));
  const strays = (known(before.strays) ?? []).map(inWords);
  return !added.some((id) => [...alive, ...strays].includes(inWords(id)));
}

export function previousOf({ previous }: TokenForm): readonly PreviousForm[] {
  return isKnown(previous) ? previous : [];
}

function isListed({ revokeNow }: TokenForm, { tokenId }: Pick<PreviousForm, "tokenId">): boolean {
  return isKnown(tokenId) && (known(revokeNow) ?? []).some((id) => id === tokenId);
}

function usedDetail({ lastUsedAt, state }: PreviousForm): string[] {
  if (state !== OVERDUE) return [];
  return [`It was held as long as allowed, although it was used at ${inWords(lastUsedAt)}.`];
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
