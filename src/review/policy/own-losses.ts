import { NO_REMOVALS, type Facts, type PowerLoss } from "../../model/policy";
import type { AccountGroup } from "../accounts/accounts";
import { objectChanges } from "../changes/object-changes";
import { known } from "../objects/values";
import type { ChangeKind } from "../review";

/** What takes rights from the account that it happens to. */
const LOSSES: Readonly<Partial<Record<ChangeKind, PowerLoss["change"]>>> = {
  "membership-removed": "removes",
  "role-lowered": "lowers",
  "access-shortened": "shortens",
  "token-removed": "removes",
  "token-killed-in-place": "removes",
  "scope-lost": "narrows",
};

const ENDS: readonly ChangeKind[] = ["account-deleted", "account-replaced", "account-disabled"];

/**
 * What a plan takes from the account whose token will apply it. Which of its tokens that is, and which membership gives
 * the rights, no plan tells: each counts.
 */
export function ownLossFacts(groups: readonly AccountGroup[], runAs: string | undefined): Facts[] {
  if (runAs === undefined) return [];
  const own = groups.filter((group) => usernamesOf(group).includes(runAs.toLowerCase()));
  return own.flatMap(({ label, objects }) =>
    objects
      .filter(({ resource }) => !resource.isDrift)
      .flatMap((object) => objectChanges(object, new Set()))
      .flatMap(({ kind, object }): Facts[] => {
        if (ENDS.includes(kind))
          return [{ kind: "run", removals: NO_REMOVALS, removesOwnAccount: true }];
        const change = LOSSES[kind];
        if (change === undefined) return [];
        const powerLoss = { change, object: `${object} of ${label}`, attribute: null };
        return [{ kind: "run", removals: NO_REMOVALS, powerLoss }];
      }),
  );
}

/** The old one, too, where the plan renames the account. */
function usernamesOf({ username, objects }: AccountGroup): string[] {
  const planned = objects.flatMap((object) =>
    object.kind === "account" ? [object.before?.username, object.after?.username] : [],
  );
  return [username, ...planned.map((name) => known(name ?? null))].flatMap(
    (name) => name?.toLowerCase() ?? [],
  );
}
