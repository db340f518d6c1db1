import type { ServiceAccountEntity, UserEntity } from "../../gitlab";
import { DiagnosticError, error, type PrivateState } from "../../provider/contract";
import type { Context } from "../shared/context";
import type { ServiceAccountState } from "./schema";
import { emailAsRead } from "./state";

/** When GitLab created the account. A number that was assigned again has another time. */
const CREATED_AT = "createdAt";

export function rememberedCreation(privateState: PrivateState | null): string | null {
  const moment = privateState?.[CREATED_AT];
  return typeof moment === "string" ? moment : null;
}

export function withCreation(createdAt: string | null | undefined): PrivateState {
  return { [CREATED_AT]: createdAt ?? null };
}

/**
 * Refuses an account that has the number of the one that the state knows, but is another account. The list, which is
 * read anyway, shows username and email; GitLab generates an address for each account. Only if these differ is the time
 * of creation read.
 */
export async function confirmSameAccount(
  state: ServiceAccountState,
  account: ServiceAccountEntity,
  createdAt: string | null,
  context: Context,
): Promise<void> {
  // An import knows only the number.
  if ((state.username as string | null) === null) return;
  const isRenamed = !isSameName(state.username, account.username);
  const hasOtherEmail = emailAsRead(state.email, account) !== state.email && state.email !== null;
  if (!isRenamed && !hasOtherEmail) return;
  const now = createdAt === null ? undefined : await context.inventory.users.createdAt(account.id);
  const isKnown = createdAt !== null && now !== undefined;
  const isOther = isKnown ? !isSameMoment(createdAt, now) : isRenamed && hasOtherEmail;
  if (isOther) throw otherAccount(state, account.username, now);
}

/** Right before a change or a deletion, for the current user. */
export function confirmSameUser(
  state: ServiceAccountState,
  user: UserEntity,
  createdAt: string | null,
): void {
  const isSame =
    createdAt !== null && user.created_at !== undefined
      ? isSameMoment(createdAt, user.created_at)
      : isSameName(state.username, user.username);
  if (!isSame) throw otherAccount(state, user.username, user.created_at);
}

/** Right before a deletion. The plan may be old, and an account that was renamed since needs a person's decision. */
export function confirmPlannedUser(
  state: ServiceAccountState,
  user: UserEntity,
  createdAt: string | null,
): void {
  confirmSameUser(state, user, createdAt);
  if (isSameName(state.username, user.username)) return;
  throw new DiagnosticError(
    error(
      "not-the-planned-account",
      `User ${user.id} is not the account "${state.username}" that was planned for removal`,
      `It is called "${user.username}" now, so nothing was removed. Plan again, and check which account it is.`,
    ),
  );
}

function otherAccount(
  { username, id }: ServiceAccountState,
  present: string,
  createdAt: string | undefined,
): DiagnosticError {
  const since = createdAt === undefined ? "" : `, made at ${createdAt}`;
  return new DiagnosticError(
    error(
      "number-reused",
      `Account "${username}" is another account than before`,
      `The user with the number of ${id} is now "${present}"${since}, and another account than the one that this state ` +
        `knows. An instance that was restored from a backup assigns numbers again. Nothing was changed. Remove this ` +
        `object, its tokens and memberships from the state (terraform state rm, tofu state rm) and apply, which creates them ` +
        `again; or import the account that you mean.`,
    ),
  );
}

function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function isSameMoment(one: string, other: string): boolean {
  return Date.parse(one) === Date.parse(other);
}
