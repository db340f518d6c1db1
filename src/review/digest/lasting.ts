import type { AccountReview, Change, ChangeKind, Review } from "../review";

const WORDS = ["summary", "from", "to", "details"] as const;

/** What of a change time moves, or what stands in the state already: dates of a rotation, numbers of replaced tokens. */
const PASSING: Readonly<Partial<Record<ChangeKind, readonly (typeof WORDS)[number][]>>> = {
  "delivery-added": ["summary", "details"],
  "delivery-changed": ["details"],
  "membership-removed": ["details"],
  "revocation-due": ["details"],
  "token-killed-in-place": ["from", "to"],
  "token-removed": ["details"],
};

/** A change of a review, and what of it is the same whenever the plan is made. */
export interface LastingChange {
  readonly text: string;
  readonly change: Change;
}

/** What a review shows that does not come by itself as time goes by. */
export function lastingChanges({ accounts }: Review): LastingChange[] {
  return accounts.flatMap((account) =>
    account.changes
      .filter((change) => !comesByItself(change, account.changes))
      .map((change) => ({ change, text: textOf(account, change) })),
  );
}

/** What only became due: rotations, revocations, and what is merely noted down. */
export function passingChanges({ accounts }: Review): LastingChange[] {
  return accounts.flatMap((account) =>
    account.changes
      .filter((change) => comesByItself(change, account.changes))
      .map((change) => ({
        change,
        text: JSON.stringify(["due", account.account, change.kind, change.address]),
      })),
  );
}

/** Resources of other kinds, which a review only counts: one text for each. */
export function othersTexts({ others }: Review): string[] {
  return Object.entries(others).flatMap(([action, count]) =>
    Array.from({ length: count as number }, (_, at) => JSON.stringify(["others", action, at + 1])),
  );
}

function comesByItself({ kind, effect, address }: Change, siblings: readonly Change[]): boolean {
  if (kind === "address-changed") return false;
  if (effect === "routine") return true;
  // A rotation of an edited token is due as well, or follows from the edit, which is there by itself.
  return (
    kind === "rotation" && siblings.some((other) => other.address === address && isEdit(other))
  );
}

function isEdit({ kind, effect }: Change): boolean {
  return kind !== "rotation" && (effect !== "routine" || kind === "address-changed");
}

/** In JSON, so that no name can pass for several. */
function textOf({ account, owner }: AccountReview, change: Change): string {
  const { kind, effect, object, address } = change;
  const passing = PASSING[kind] ?? [];
  const words = WORDS.map((key) => (passing.includes(key) ? null : (change[key] ?? null)));
  return JSON.stringify([
    "change",
    account,
    owner ?? null,
    kind,
    effect,
    object,
    address,
    ...words,
  ]);
}
