import { CHANGE_KINDS, EFFECTS, type AccountReview, type Change } from "../review";

/** Worst first; what is equally bad by its object, so that equal plans give equal reviews. */
export function sortedChanges(changes: readonly Change[]): Change[] {
  return [...changes].sort(
    (left, right) =>
      EFFECTS.indexOf(left.effect) - EFFECTS.indexOf(right.effect) ||
      CHANGE_KINDS.indexOf(left.kind) - CHANGE_KINDS.indexOf(right.kind) ||
      compare(left.object, right.object) ||
      compare(left.address, right.address),
  );
}

/** Accounts whose changes are sorted. */
export function sortedAccounts(accounts: readonly AccountReview[]): AccountReview[] {
  const worst = ({ changes }: AccountReview) => EFFECTS.indexOf(changes[0]?.effect ?? "routine");
  return [...accounts].sort(
    (left, right) => worst(left) - worst(right) || compare(left.account, right.account),
  );
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
