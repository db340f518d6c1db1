import { compareText } from "../../model";
import { CHANGE_KINDS, EFFECTS, type AccountReview, type Change, type Review } from "../review";

/** Whose change it is, and what the engine calls it. */
export interface Member {
  readonly account: string;
  readonly owner?: string;
  readonly address: string;
}

/** One change, or the same change of several accounts. */
export interface Row {
  readonly change: Change;
  readonly members: readonly Member[];
}

/** Fewer are told one by one. */
const LEAST_TOGETHER = 3;

/** What needs a look, worst first. Every change is in one row. */
export function rowsOf({ accounts }: Review): Row[] {
  const alike = new Map<string, Row & { readonly members: Member[] }>();
  for (const account of accounts) {
    for (const change of account.changes) {
      if (change.effect === "routine") continue;
      const row = alike.get(keyOf(change));
      if (row === undefined) {
        alike.set(keyOf(change), { change, members: [memberOf(account, change)] });
      } else {
        row.members.push(memberOf(account, change));
      }
    }
  }
  return [...alike.values()].flatMap(apart).sort(worstFirst);
}

function keyOf({ kind, effect, object, summary, from, to, details }: Change): string {
  return JSON.stringify([kind, effect, object, summary, from ?? null, to ?? null, details]);
}

function memberOf({ account, owner }: AccountReview, { address }: Change): Member {
  return { account, address, ...(owner !== undefined && { owner }) };
}

function apart(row: Row): Row[] {
  if (row.members.length >= LEAST_TOGETHER) return [row];
  return row.members.map((member) => ({ ...row, members: [member] }));
}

function worstFirst(left: Row, right: Row): number {
  return (
    EFFECTS.indexOf(left.change.effect) - EFFECTS.indexOf(right.change.effect) ||
    CHANGE_KINDS.indexOf(left.change.kind) - CHANGE_KINDS.indexOf(right.change.kind) ||
    right.members.length - left.members.length ||
    compareText(left.members[0]?.account ?? "", right.members[0]?.account ?? "") ||
    compareText(left.change.object, right.change.object)
  );
}

/** `117 accounts`, or the only one's name as it is. */
export function isTogether({ members }: Row): boolean {
  return members.length > 1;
}
