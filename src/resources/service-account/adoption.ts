import { isGitLabError, type UserEntity } from "../../gitlab";
import { formatAccountId, type AccountId, type Owner } from "../../model";
import { DiagnosticError, error, warning, type Diagnostic } from "../../provider/contract";
import type { Context } from "../shared/context";
import { attempt } from "../shared/failures";
import { evidenceAgainst } from "./adoption-evidence";

/** In the plan: whether the username is free, will be adopted, or belongs to another user. */
export async function foreseeAdoption(
  owner: Owner,
  username: string,
  context: Context,
): Promise<Diagnostic[]> {
  return attempt(`Cannot look for username "${username}"`, async () => {
    // The account that has it is planned to have another username by then.
    if (context.claims.isFreedBefore(username, usernameClaim(username))) return [];
    const existing = await context.inventory.accounts.findByUsername(owner, username);
    if (existing !== undefined) return foreseeExisting({ owner, userId: existing.id }, context);
    const holder = await context.gitlab.users.findByUsername(username);
    if (context.claims.isReleased(username)) return [];
    if (holder !== undefined && !isBeingDeleted(holder)) throw usernameTaken(username, holder);
    const group = await groupAt(username, context);
    if (group !== undefined) throw usernameTaken(username, group);
    return [];
  });
}

async function foreseeExisting(id: AccountId, context: Context): Promise<Diagnostic[]> {
  const user = await userOrNothing(id.userId, context);
  if (user === undefined || isBeingDeleted(user)) return [];
  return [await adopt(id, user, context)];
}

export function claimOfAccount(id: AccountId): string {
  return `account ${formatAccountId(id)}`;
}

/** Distinguishes declarations of one account while it has no number. */
export function usernameClaim(username: string): string {
  return `username ${username.toLowerCase()}`;
}

/** Takes an account over, or refuses if that would be a guess. */
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
  return user.state === "blocked";
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

/** Users and top-level groups share one set of names. */
export async function groupAt(path: string, context: Context): Promise<string | undefined> {
  try {
    const { id, fullPath } = await context.inventory.containers.resolve("group", path);
    // GitLab also finds a group by a former path.
    return fullPath.toLowerCase() === path.toLowerCase() ? `group ${id}` : undefined;
  } catch (cause) {
    if (isGitLabError(cause, "not_found")) return undefined;
    throw cause;
  }
}

/** @param holder a user, or a description of what else has the name */
export function usernameTaken(
  username: string,
  holder?: { readonly id: number } | string,
): DiagnosticError {
  const who =
    holder === undefined
      ? "a user or group that glsa's token cannot see, or an account whose deletion is not finished"
      : typeof holder === "string"
        ? holder
        : `user ${holder.id}, who is not a service account of this owner`;
  return new DiagnosticError(
    error(
      "username-taken",
      `Username "${username}" is taken`,
      `It belongs to ${who}. Usernames are shared with all users and top-level groups of the instance. Choose another one.`,
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
    error(
      "account-exists",
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
  );
}

function importBlock(accountId: string, username: string): string {
  const resource = username.replace(/[^A-Za-z0-9_-]/g, "_").replace(/^(?![A-Za-z_])/, "_");
  return `import {\n  to = glsa_service_account.${resource}\n  id = "${accountId}"\n}`;
}

function adoptionWarning(id: AccountId, username: string): Diagnostic {
  return warning(
    "account-adopted",
    `Account "${username}" exists and is adopted`,
    `${formatAccountId(id)} has this username, was created at most a few hours ago, and has no token that an interrupted apply ` +
      `of this stack does not explain, so it is taken over instead of created. If another state manages it, write another ` +
      `username.`,
  );
}
