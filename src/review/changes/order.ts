import { compareText } from "../../model";
import { CHANGE_KINDS, EFFECTS, type AccountReview, type Change } from "../review";

/** Worst first; what is equally bad by its object, so that equal plans give equal reviews. */
export function sortedChanges(changes: readonly Change[]): Change[] {
  return [...changes].sort(
    (left, right) =>
      EFFECTS.indexOf(left.effect) - EFFECTS.indexOf(right.effect) ||
      CHANGE_KINDS.indexOf(left.kind) - CHANGE_KINDS.indexOf(right.kind) ||
      compareText(left.object, right.object) ||
      compareText(left.address, right.address),
  );
}

/** Accounts whose changes are sorted. */
export function sortedAccounts(accounts: readonly AccountReview[]): AccountReview[] {
  const worst = ({ changes }: AccountReview) => EFFECTS.indexOf(changes[0]?.effect ?? "routine");
  return [...accounts].sort(
    (left, right) => worst(left) - worst(right) || compareText(left.account, right.account),
  );
}
