import { isGitLabError, type AccountFields, type GitLabError } from "../../gitlab";
import { DiagnosticError, error } from "../../provider/contract";
import type { Context } from "../shared/context";
import { groupAt, usernameTaken } from "./adoption";

/**
 * Why an account's names were refused, as far as look-ups show. GitLab's own reason is in the language of the token's
 * user.
 * @param ownUserId absent for a new account
 */
export async function refusedNames(
  cause: unknown,
  fields: AccountFields,
  context: Context,
  ownUserId?: number,
): Promise<unknown> {
  if (!isGitLabError(cause, "bad_request")) return cause;
  try {
    return await lookUp(cause, fields, context, ownUserId);
  } catch (failure) {
    if (isGitLabError(failure)) return cause;
    throw failure;
  }
}

async function lookUp(
  cause: GitLabError,
  { username, email }: AccountFields,
  context: Context,
  ownUserId: number | undefined,
): Promise<unknown> {
  const { users } = context.gitlab;
  if (username !== undefined) {
    const user = await users.findByUsername(username);
    const holder = user ?? (await groupAt(username, context));
    const isOwn = user !== undefined && user.id === ownUserId;
    if (holder !== undefined && !isOwn) return usernameTaken(username, holder);
  }
  // Other callers do not see every user, nor other users' email addresses.
  if (!(await context.gitlab.isAdministrator())) return cause;
  const owner = email === undefined ? undefined : await users.findByEmail(email);
  if (email !== undefined && owner !== undefined && owner.id !== ownUserId) {
    return emailTaken(email, owner);
  }
  return cause.rulingOut("username", "email", "rights");
}

function emailTaken(email: string, { id, username }: { id: number; username: string }) {
  return new DiagnosticError(
    error(
      "email-taken",
      `Email address "${email}" is taken`,
      `It belongs to user "${username}" (${id}). Choose another one, or leave email out.`,
      ["email"],
    ),
  );
}
