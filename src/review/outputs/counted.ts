import type { AccountReview, Change, ChangeKind, Review } from "../review";

/** What a review amounts to. An account may gain in one place and lose in another, and then counts as both. */
export interface Counts {
  readonly accounts: {
    readonly created: number;
    readonly replaced: number;
    readonly deleted: number;
    /** Lose memberships and tokens, and stay on the server. */
    readonly disabled: number;
    /** Get more power, and exist already. */
    readonly gaining: number;
    /** Lose power, and go on existing. */
    readonly losing: number;
    /** Change in another way than all above. */
    readonly changed: number;
  };
  readonly tokens: {
    /** Stop working without a successor that was delivered before. */
    readonly destroyed: number;
    readonly rotated: number;
    /** Due, and left to a later run. */
    readonly waiting: number;
    /** Superseded tokens whose overlap is over. */
    readonly revoked: number;
  };
  readonly findings: { readonly errors: number; readonly warnings: number };
}

const TOKEN_ENDS: readonly ChangeKind[] = ["token-removed", "token-killed-in-place"];
const APPEARS_OR_GOES: readonly ChangeKind[] = [
  "account-created",
  "account-replaced",
  "account-deleted",
  "account-disabled",
];
const ROUTINE: readonly ChangeKind[] = [
  "rotation",
  "rotation-waits",
  "revocation-due",
  "revocation-held",
];

export function counted({ accounts, findings }: Review): Counts {
  const kindsOf = accounts.map(({ changes }) => new Set(changes.map(({ kind }) => kind)));
  const withKind = (kind: ChangeKind) => kindsOf.filter((kinds) => kinds.has(kind)).length;
  const changes = accounts.flatMap((account) => account.changes);
  const tokens = (...kinds: ChangeKind[]) =>
    changes.filter(({ kind }) => kinds.includes(kind)).length;
  const severe = findings.filter(({ severity }) => severity === "error").length;
  const standing = accounts.map(standingOf);
  return {
    accounts: {
      created: withKind("account-created"),
      replaced: withKind("account-replaced"),
      deleted: withKind("account-deleted"),
      disabled: withKind("account-disabled"),
      gaining: standing.filter(({ gains }) => gains).length,
      losing: standing.filter(({ loses }) => loses).length,
      changed: standing.filter(({ changes }) => changes).length,
    },
    tokens: {
      destroyed: tokens(...TOKEN_ENDS),
      rotated: tokens("rotation"),
      waiting: tokens("rotation-waits"),
      revoked: tokens("revocation-due"),
    },
    findings: { errors: severe, warnings: findings.length - severe },
  };
}

interface Standing {
  readonly gains: boolean;
  readonly loses: boolean;
  readonly changes: boolean;
}

/** What becomes of an account that neither appears nor goes. */
function standingOf({ changes }: AccountReview): Standing {
  if (changes.some(appearsOrGoes)) return { gains: false, loses: false, changes: false };
  const gains = changes.some(({ effect }) => effect === "gains");
  const loses = changes.some(({ effect }) => effect === "loses");
  const isToldOtherwise = ({ kind }: Change) => TOKEN_ENDS.includes(kind) || ROUTINE.includes(kind);
  return { gains, loses, changes: !gains && !loses && !changes.every(isToldOtherwise) };
}

function appearsOrGoes({ kind }: Change): boolean {
  return APPEARS_OR_GOES.includes(kind);
}

/** `1 account deleted, 2 gain power, 3 tokens rotate · 1 error` */
export function summaryLine(review: Review): string {
  const { accounts, tokens, findings } = counted(review);
  const words = [
    ...accountWords(accounts),
    ...some(tokens.destroyed, "token ends", "tokens end"),
    ...some(tokens.rotated, "token rotates", "tokens rotate"),
    ...some(tokens.waiting, "due token waits", "due tokens wait"),
    ...some(tokens.revoked, "old token is revoked", "old tokens are revoked"),
  ];
  const judged = [
    ...some(findings.errors, "error", "errors"),
    ...some(findings.warnings, "warning", "warnings"),
  ];
  const changes = words.length === 0 ? "No service account changes" : words.join(", ");
  return [changes, ...(judged.length === 0 ? [] : [judged.join(", ")])].join(" · ");
}

/** The first of them says what is counted. */
function accountWords(accounts: Counts["accounts"]): string[] {
  const words: [number, string, string][] = [
    [accounts.deleted, "deleted", "deleted"],
    [accounts.replaced, "replaced", "replaced"],
    [accounts.disabled, "disabled", "disabled"],
    [accounts.created, "created", "created"],
    [accounts.gaining, "gains power", "gain power"],
    [accounts.losing, "loses power", "lose power"],
    [accounts.changed, "changed", "changed"],
  ];
  return words
    .filter(([count]) => count > 0)
    .map(([count, one, several], index) => {
      const noun = index > 0 ? "" : count === 1 ? "account " : "accounts ";
      return `${count} ${noun}${count === 1 ? one : several}`;
    });
}

/** `2 errors`, or nothing for none. */
export function some(count: number, one: string, several: string): string[] {
  return count === 0 ? [] : [`${count} ${count === 1 ? one : several}`];
}
