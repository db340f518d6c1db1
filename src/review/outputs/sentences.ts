import type { AccountReview, Change, NotJudged, Others } from "../review";
import { some } from "./counted";
import { shown, type Medium } from "./shown";

/** `role raised (developer → maintainer)` */
export function sentenceOf({ summary, from, to }: Change, medium: Medium): string {
  const said = shown(summary, medium);
  const before = from === undefined ? undefined : shown(from, medium);
  const after = to === undefined ? undefined : shown(to, medium);
  if (before === undefined && after === undefined) return said;
  if (after === undefined) return `${said} (was ${before})`;
  return before === undefined ? `${said} (${after})` : `${said} (${before} → ${after})`;
}

/** `token "ci" of bot: whether it keeps forbidden-scope is not judged yet, ...` */
export function notJudgedSentence({ object, rule, attribute, isJudgedAtApply }: NotJudged): string {
  const later = isJudgedAtApply
    ? "glsa's provider judges it then."
    : "The official provider does not judge it. The constructs wrote a condition that does; what they did not make, look at after the apply.";
  return `${object}: not judged yet by ${rule}, since only the apply tells its ${attribute}. ${later}`;
}

/** `Resources that are not about service accounts: 3 are created, 1 is deleted.`; undefined where there are none. */
export function othersSentence({ created, changed, deleted }: Others): string | undefined {
  const words = [
    ...some(created, "is created", "are created"),
    ...some(changed, "is changed", "are changed"),
    ...some(deleted, "is deleted", "are deleted"),
  ];
  if (words.length === 0) return undefined;
  return `Resources that are not about service accounts: ${words.join(", ")}.`;
}

/** The changes that need attention, and the routine ones. */
export function byAttention(account: AccountReview): { eyes: Change[]; routine: Change[] } {
  const eyes = account.changes.filter(({ effect }) => effect !== "routine");
  const routine = account.changes.filter(({ effect }) => effect === "routine");
  return { eyes, routine };
}
