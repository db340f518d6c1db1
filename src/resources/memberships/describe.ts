import { DiagnosticError, error } from "../../provider/contract";
import { userLabel } from "../shared/account-label";
import type { Context } from "../shared/context";
import type { KnownEntry } from "./entries";
import type { MembershipsState } from "./schema";

export function formatId(userId: number): string {
  return `user:${userId}`;
}

/** The number in the id, which never changes. */
export function userIdOf({ id }: Pick<MembershipsState, "id">): number {
  const [, number] = /^user:(\d+)$/.exec(id ?? "") ?? [];
  if (number !== undefined) return Number(number);
  throw new DiagnosticError(
    error(
      "malformed-id",
      `"${id}" is not the id of an account's memberships`,
      "The state holds it, so that the state was changed by hand. Remove this object from the state (terraform state rm, " +
        "tofu state rm) and import it again.",
    ),
  );
}

/** Such as `membership of user "apps-bot" (345) in group "platform/apps"`. */
export function describeEntry(
  { kind, values: { path } }: Pick<KnownEntry, "kind" | "values">,
  userId: number,
  context: Context,
): string {
  return `membership of ${userLabel(userId, context)} in ${kind} "${path}"`;
}

/** `developer in group "platform/apps", guest in project "platform/charts"`. */
export function placesAndRoles(entries: readonly KnownEntry[]): string {
  return entries
    .map(({ kind, values: { path, role } }) => `${role} in ${kind} "${path}"`)
    .join(", ");
}
