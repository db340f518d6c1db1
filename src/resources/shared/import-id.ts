import { formatAccountId, type AccountId, type MembershipId, type Owner } from "../../model";
import { DiagnosticError, error } from "../../provider/contract";
import type { Context } from "./context";
import { attempt } from "./failures";

/*
 * How an import names an object: the kind of its owner, the group or project, the user, and for a token the token
 * itself, separated by colons. Each part is GitLab's number or the name (path, username, name of the token). Digits
 * alone are a number.
 */

/** The parts of such an id, as they are written. */
export interface ImportId {
  readonly kind: Owner["kind"];
  /** Empty for an account of the instance. */
  readonly container: string;
  readonly user: string;
  /** The token, the only part that may contain colons. Undefined if none is named. */
  readonly token: string | undefined;
}

export function parseImportId(text: string): ImportId | undefined {
  const [, kind, container = "", user = "", token] =
    /^(?:(group|project):([^:]+)|instance):([^:]+)(?::([^]+))?$/.exec(text) ?? [];
  if (user === "") return undefined;
  return {
    kind: kind === "group" || kind === "project" ? kind : "instance",
    container,
    user,
    token,
  };
}

/** The account, and its group or project by path. */
export async function importedAccount(
  { kind, container, user }: ImportId,
  context: Context,
): Promise<{ readonly id: AccountId; readonly place: Readonly<Record<string, string | true>> }> {
  const { inventory } = context;
  if (kind === "instance") {
    const owner = { kind } as const;
    const userId = await userIdIn(owner, user, context);
    // The instance's list also contains the accounts of groups and projects.
    await attempt(`Cannot import account "${user}"`, () =>
      inventory.accounts.confirmOfInstance(userId),
    );
    return { id: { owner, userId }, place: { instance: true } };
  }
  const { id, fullPath } = await attempt(`Cannot find ${kind} "${container}"`, () =>
    inventory.containers.resolve(kind, container),
  );
  const owner = { kind, id };
  return {
    id: { owner, userId: await userIdIn(owner, user, context) },
    place: { [kind]: fullPath },
  };
}

/** The membership, and its group or project by path. */
export async function importedMembership(
  { container, user }: ImportId,
  kind: "group" | "project",
  context: Context,
): Promise<{ readonly id: MembershipId; readonly fullPath: string }> {
  const { id, fullPath } = await attempt(`Cannot find ${kind} "${container}"`, () =>
    context.inventory.containers.resolve(kind, container),
  );
  return { id: { container: { kind, id }, userId: await importedUserId(user, context) }, fullPath };
}

export async function importedUserId(user: string, context: Context): Promise<number> {
  return numberIn(user) ?? (await userNamed(user, context));
}

/** The only live token with a name. */
export async function importedTokenId(
  account: AccountId,
  token: string,
  { inventory }: Context,
): Promise<number> {
  const number = numberIn(token);
  if (number !== undefined) return number;
  const accountId = formatAccountId(account);
  const active = await attempt(`Cannot import token "${token}" of ${accountId}`, () =>
    inventory.tokens.activeOf(account),
  );
  const ids = active.filter(({ name }) => name === token).map(({ id }) => id);
  const [only] = ids;
  if (only === undefined) throw unknownToken(token, accountId, active);
  if (ids.length > 1) throw ambiguousToken(token, accountId, ids);
  return only;
}

async function userIdIn(owner: Owner, user: string, context: Context): Promise<number> {
  const number = numberIn(user);
  if (number !== undefined) return number;
  const { accounts } = context.inventory;
  return attempt(`Cannot import account "${user}"`, async () => {
    const account = await accounts.findByUsername(owner, user);
    if (account !== undefined) return account.id;
    // For a user that is another owner's account, this names the owner.
    const userId = await userNamed(user, context);
    if ((await accounts.find({ owner, userId })) === undefined) throw unknownUser(user);
    return userId;
  });
}

async function userNamed(username: string, { gitlab }: Context): Promise<number> {
  const user = await attempt(`Cannot look for user "${username}"`, () =>
    gitlab.users.findByUsername(username),
  );
  if (user === undefined) throw unknownUser(username);
  return user.id;
}

/** The error for an invalid import id, with the valid forms. */
export function malformedImport(what: string, text: string, shapes: readonly string[]) {
  return new DiagnosticError(
    error(
      "malformed-id",
      `"${text}" is not the id of ${what}`,
      `Write ${shapes.join(" or ")}. Each part is GitLab's number or the name: a path, a username, a token's name.`,
    ),
  );
}

function numberIn(text: string): number | undefined {
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

function unknownUser(username: string): DiagnosticError {
  return new DiagnosticError(
    error(
      "import-unknown-user",
      `There is no user "${username}" to import`,
      "Write the username as GitLab shows it, without @, or the user's number.",
    ),
  );
}

function unknownToken(
  name: string,
  accountId: string,
  active: readonly { readonly id: number; readonly name: string }[],
): DiagnosticError {
  const others = active.map((token) => `"${token.name}" (${token.id})`).join(", ");
  const live = others === "" ? "It has no live token." : `Its live tokens are ${others}.`;
  return new DiagnosticError(
    error(
      "import-unknown-token",
      `No live token of ${accountId} is named "${name}"`,
      `${live} Write one of the names, or a number; one that was revoked or has expired is imported by its number.`,
    ),
  );
}

function ambiguousToken(name: string, accountId: string, ids: readonly number[]): DiagnosticError {
  return new DiagnosticError(
    error(
      "import-ambiguous-token",
      `Several live tokens of ${accountId} are named "${name}"`,
      `They are ${ids.join(", ")}. Write the number instead of the name.`,
    ),
  );
}
