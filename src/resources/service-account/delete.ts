import { isGitLabError } from "../../gitlab";
import { confirmVisible } from "../../inventory";
import type { AccountId } from "../../model";
import {
  DiagnosticError,
  error,
  warning,
  type DeleteRequest,
  type Diagnostic,
} from "../../provider/contract";
import type { Context } from "../shared/context";
import { attempt } from "../shared/failures";
import { refuseWhenStopped } from "../shared/stopping";
import { claimOfAccount, isBeingDeleted, userOrNothing } from "./adoption";
import { disableAccount } from "./disable";
import { confirmPlannedUser, rememberedCreation } from "./identity";
import { protectedError } from "./plan";
import type { OnDestroy, ServiceAccountAttributes, ServiceAccountState } from "./schema";
import { accountIdOf } from "./state";
import { deadlineOf, waitUntilGone } from "./waiting";

export async function deleteServiceAccount(
  { prior, private: privateState }: DeleteRequest<ServiceAccountAttributes>,
  context: Context,
): Promise<Diagnostic[]> {
  refuseWhenStopped(context);
  if (prior.deletion_protection) throw new DiagnosticError(protectedError(prior));
  const id = accountIdOf(prior);
  if (context.claims.isClaimed(claimOfAccount(id))) return [movedWarning(prior)];
  return attempt(`Cannot remove account "${prior.username}" (${prior.id})`, () =>
    remove(id, prior, rememberedCreation(privateState), context),
  );
}

async function remove(
  id: AccountId,
  prior: ServiceAccountState,
  createdAt: string | null,
  context: Context,
): Promise<Diagnostic[]> {
  const choice = prior.on_destroy as OnDestroy;
  if (choice === "retain") return [];
  const user = await userOrNothing(id.userId, context);
  if (user !== undefined) confirmPlannedUser(prior, user, createdAt);
  switch (choice) {
    case "disable":
      return disableAccount(id, context);
    case "delete":
      return deleteUser(id, prior, context);
  }
}

async function deleteUser(
  id: AccountId,
  prior: ServiceAccountState,
  context: Context,
): Promise<Diagnostic[]> {
  const options = { hardDelete: prior.hard_delete ?? false };
  try {
    await context.gitlab.accounts.delete(id, options);
  } catch (cause) {
    if (!isGitLabError(cause, "not_found")) throw cause;
    await confirmVisible(context.gitlab, id.owner);
    const user = await userOrNothing(id.userId, context);
    // A single 404 does not prove that it is gone.
    if (user?.state === "active") await context.gitlab.accounts.delete(id, options);
  }
  const remaining = await waitUntilGone(id.userId, deadlineOf(prior.timeouts, "delete"), context);
  await context.inventory.accounts.drop(id);
  if (remaining === undefined) return [];
  if (!isBeingDeleted(remaining)) throw deletionIgnored(prior);
  return [unfinishedWarning(prior)];
}

/** GitLab returns 204 even to a caller without the permission to delete, and then does nothing. */
function deletionIgnored({ username, id }: ServiceAccountState): DiagnosticError {
  return new DiagnosticError(
    error(
      "deletion-ignored",
      `GitLab did not delete account "${username}"`,
      `It accepted the deletion of ${id}, but the user is still active. GitLab does that when the caller lacks the right ` +
        `to delete service accounts: on a self-managed instance an administrator has to allow it to group Owners ` +
        `(allow_top_level_group_owners_to_create_service_accounts). A busy instance may also need a longer timeouts.delete.`,
    ),
  );
}

function unfinishedWarning({ username, id }: ServiceAccountState): Diagnostic {
  return warning(
    "deletion-unfinished",
    `GitLab has not finished deleting account "${username}"`,
    `${id} is blocked and will be removed in the background. Until then its username stays taken; ` +
      `an apply that creates it again waits for that.`,
  );
}

function movedWarning({ username, id }: ServiceAccountState): Diagnostic {
  return warning(
    "kept-elsewhere",
    `Account "${username}" is kept`,
    `${id} was taken over by another address in this same apply, so the old address only releases it.`,
  );
}
