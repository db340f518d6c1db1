import { isGitLabError, type ServiceAccountEntity, type UserEntity } from "../../gitlab";
import {
  formatAccountId,
  isSameStack,
  markerKey,
  readMarker,
  type AccountId,
  type Owner,
} from "../../model";
import { DiagnosticError, error, warning, type Diagnostic } from "../../provider/contract";
import type { Context } from "../shared/context";
import { attempt } from "../shared/failures";

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
  await refuseForeignTokens(id, username, context);
  if (context.claims.planned(claimOfAccount(id), "keep")) return [movedError(id, username)];
  return [adoptionWarning(id, username)];
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

/** At apply, when GitLab said that the username is taken or did not answer. */
export async function adopt(
  owner: Owner,
  account: ServiceAccountEntity,
  context: Context,
): Promise<Diagnostic> {
  const id = { owner, userId: account.id };
  await refuseForeignTokens(id, account.username, context);
  return adoptionWarning(id, account.username);
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

/** An account that works for somebody else must not change hands unasked. */
async function refuseForeignTokens(
  id: AccountId,
  username: string,
  context: Context,
): Promise<void> {
  const active = await context.inventory.tokens.activeOf(id);
  const accountId = formatAccountId(id);
  const foreign = active.filter(({ name, description }) => {
    const marker = readMarker(description ?? null);
    if (context.stack === null || marker === undefined) return true;
    const ownKey = markerKey({ accountId, stack: context.stack, tokenName: name });
    return !isSameStack(marker.key, ownKey);
  });
  if (foreign.length === 0) return;
  const names = foreign.map((token) => `"${token.name}"`).join(", ");
  throw new DiagnosticError(
    error(
      `Account "${username}" exists and is in use`,
      `${accountId} has active tokens that this stack did not make (${names}), so it is not taken over silently. ` +
        `To manage it here, add this block with the address that this error names, and plan again:\n\n` +
        importBlock(accountId, username) +
        `\n\nOtherwise write another username.`,
      ["username"],
    ),
  );
}

function importBlock(accountId: string, username: string): string {
  const resource = username.replace(/[^A-Za-z0-9_-]/g, "_");
  return `import {\n  to = glsa_service_account.${resource}\n  id = "${accountId}"\n}`;
}

function adoptionWarning(id: AccountId, username: string): Diagnostic {
  return warning(
    `Account "${username}" exists and is adopted`,
    `${formatAccountId(id)} has this username and no active token of anybody else, so it is taken over instead of created.`,
  );
}
