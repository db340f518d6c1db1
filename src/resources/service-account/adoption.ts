import { isGitLabError, type UserEntity } from "../../gitlab";
import { formatAccountId, type AccountId, type Owner } from "../../model";
import { coded, DiagnosticError, error, warning, type Diagnostic } from "../../provider/contract";
import type { Context } from "../shared/context";
import { attempt } from "../shared/failures";
import { evidenceAgainst } from "./adoption-evidence";

/** At plan: whether the username is free, will be adopted, or belongs to somebody else. */
export async function foreseeAdoption(
  owner: Owner,
  username: string,
  context: Context,
): Promise<Diagnostic[]> {
  return attempt(`Cannot look for username "${username}"`, async () => {
    const existing = await context.inventory.accounts.findByUsername(owner, username);
    if (existing !== undefined)
      return foreseeExisting({ owner, userId: existing.id }, username, context);
    const holder = await context.gitlab.users.findByUsername(username);
    const isFree = holder === undefined || isBeingDeleted(holder);
    if (isFree || context.claims.isReleased(username)) return [];
    throw usernameTaken(username, holder);
  });
}

async function foreseeExisting(
  id: AccountId,
  username: string,
  context: Context,
): Promise<Diagnostic[]> {
  const user = await userOrNothing(id.userId, context);
  if (user === undefined || isBeingDeleted(user)) return [];
  if (context.claims.planned(claimOfAccount(id), "keep")) return [movedError(id, username)];
  return [await adopt(id, user, context)];
}

/**
 * Which of the two comes first is up to the engine, and if it is the destruction, the user is lost with its id,
 * its tokens and its memberships.
 */
export function movedError(id: AccountId, username: string): Diagnostic {
  return error(
    `Account "${username}" would be destroyed at one address and created at another`,
    `${formatAccountId(id)} would lose its user id, its tokens and its memberships. If only the address changed, add\n\n` +
      `moved {\n  from = glsa_service_account.OLD\n  to   = glsa_service_account.NEW\n}\n\n` +
      `with both addresses. If it shall really go, destroy it in an apply of its own.`,
  );
}

export function claimOfAccount(id: AccountId): string {
  return `account ${formatAccountId(id)}`;
}

/** Takes an account over, or refuses where that would be a guess. */
export async function adopt(
  id: AccountId,
  user: UserEntity,
  context: Context,
): Promise<Diagnostic> {
  const against = await evidenceAgainst(id, user, context);
  if (against !== undefined) throw notAdopted(id, user.username, against);
  return adoptionWarning(id, user.username);
}

export function isBeingDeleted(user: UserEntity): boolean {
  return user.state !== "active";
}

export async function userOrNothing(
  userId: number,
  context: Context,
): Promise<UserEntity | undefined> {
  try {
    return await context.gitlab.users.get(userId);
  } catch (cause) {
    if (isGitLabError(cause, "not_found")) return undefined;
    throw cause;
  }
}

export function usernameTaken(username: string, holder?: { readonly id: number }): DiagnosticError {
  const who =
    holder === undefined
      ? "a user or group that glsa's token cannot see, or an account whose deletion is not finished"
      : `user ${holder.id}, who is no service account of this owner`;
  return new DiagnosticError(
    error(
      `Username "${username}" is taken`,
      `It belongs to ${who}. Usernames are shared with all users and top-level groups of the instance. Write another one.`,
      ["username"],
    ),
  );
}

function notAdopted(
  id: AccountId,
  username: string,
  { reason, isInUse }: { readonly reason: string; readonly isInUse: boolean },
): DiagnosticError {
  const accountId = formatAccountId(id);
  return new DiagnosticError(
    coded(
      "account-exists",
      error(
        isInUse
          ? `Account "${username}" exists and is in use`
          : `Account "${username}" exists already`,
        `${accountId} ${reason}, so it is not taken over silently. If another state manages it, such as that of another ` +
          `workspace, write another username. If another address of this configuration had it, add a moved block. To manage ` +
          `it here, add this block to the root module, with the address that this error names after "with" (the path of the ` +
          `module and the key included, such as module.team.glsa_service_account.bot["ci"]), and plan again:\n\n` +
          importBlock(accountId, username),
        ["username"],
      ),
    ),
  );
}

function importBlock(accountId: string, username: string): string {
  const resource = username.replace(/[^A-Za-z0-9_-]/g, "_").replace(/^(?![A-Za-z_])/, "_");
  return `import {\n  to = glsa_service_account.${resource}\n  id = "${accountId}"\n}`;
}

function adoptionWarning(id: AccountId, username: string): Diagnostic {
  return warning(
    `Account "${username}" exists and is adopted`,
    `${formatAccountId(id)} has this username, was made a few hours ago at most, and has no token that an interrupted apply ` +
      `of this stack does not explain, so it is taken over instead of created. If another state manages it, write another ` +
      `username.`,
  );
}
