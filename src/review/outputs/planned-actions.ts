import type { Change, ChangeKind, Review } from "../review";

/** Resources that an engine would create, update and delete. A replaced one counts as created and as deleted. */
export interface PlannedActions {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
}

type Action = "create" | "update" | "delete";

/** What is done to the whole resource. */
const WHOLE: Partial<Record<ChangeKind, readonly Action[]>> = {
  "account-created": ["create"],
  "membership-added": ["create"],
  "token-created": ["create"],
  "account-deleted": ["delete"],
  "account-disabled": ["delete"],
  "membership-removed": ["delete"],
  "token-removed": ["delete"],
  "account-replaced": ["create", "delete"],
  "token-replaced": ["create", "delete"],
};

/** What is told although the engine changes nothing on the server because of it. */
const UNTOUCHED: readonly ChangeKind[] = [
  "account-imported",
  "token-imported",
  "account-released",
  "address-changed",
  "revocation-held",
  "strays-found",
];

export function plannedActions({ accounts, others }: Review): PlannedActions {
  const byAddress = new Map<string, Change[]>();
  for (const change of accounts.flatMap(({ changes }) => changes)) {
    const known = byAddress.get(change.address);
    if (known === undefined) byAddress.set(change.address, [change]);
    else known.push(change);
  }
  const actions = [...byAddress.values()].flatMap(actionsOf);
  const count = (wanted: Action) => actions.filter((action) => action === wanted).length;
  return {
    create: others.created + count("create"),
    update: others.changed + count("update"),
    delete: others.deleted + count("delete"),
  };
}

/** Whether an apply of the plan would do anything. */
export function changesAnything(review: Review): boolean {
  const actions = plannedActions(review);
  const moves = review.accounts.some(({ changes }) =>
    changes.some(({ kind }) => kind.endsWith("-imported") || kind === "address-changed"),
  );
  return moves || actions.create + actions.update + actions.delete > 0;
}

/** A membership that goes from one account to another is told at both, and is one resource that is replaced. */
function actionsOf(changes: readonly Change[]): Action[] {
  const whole = new Set(changes.flatMap(({ kind }) => WHOLE[kind] ?? []));
  if (whole.size > 0) return [...whole];
  return changes.every(({ kind }) => UNTOUCHED.includes(kind)) ? [] : ["update"];
}
