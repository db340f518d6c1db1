import { DiagnosticError, error, type Diagnostic } from "../../provider/contract";
import { userLabel } from "./account-label";
import type { Context } from "./context";

type Way = "together" | "separately";

/** Refuses a user whose memberships this run declares both one by one and all in one object: each would undo the other. */
export function wayErrors(userId: number | undefined, way: Way, context: Context): Diagnostic[] {
  if (userId === undefined) return [];
  if (!context.claims.declaredOtherwise(`memberships of user ${userId}`, way)) return [];
  return [
    error(
      "declared-both-ways",
      `Memberships of ${userLabel(userId, context)} are declared in two ways`,
      "A glsa_memberships declares all memberships of its account. A glsa_membership of the same account, in this " +
        "configuration of the provider or in another one, would be changed and removed by both. Move it into the " +
        "glsa_memberships as one more block, or declare all of them one by one.",
    ),
  ];
}

/** The same for a creation: a user that the same run makes is known only then. */
export function refuseOtherWay(userId: number, way: Way, context: Context): void {
  const errors = wayErrors(userId, way, context);
  if (errors.length > 0) throw new DiagnosticError(...errors);
}
