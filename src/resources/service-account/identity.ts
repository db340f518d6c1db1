import type { ServiceAccountEntity, UserEntity } from "../../gitlab";
import { DiagnosticError, error, type PrivateState } from "../../provider/contract";
import type { Context } from "../shared/context";
import type { ServiceAccountState } from "./schema";
import { emailAsRead } from "./state";

/** When GitLab made the account: what a number that was given out again cannot have. */
const CREATED_AT = "createdAt";

export function rememberedCreation(privateState: PrivateState | null): string | null {
  const moment = privateState?.[CREATED_AT];
  return typeof moment === "string" ? moment : null;
}

export function withCreation(createdAt: string | null | undefined): PrivateState {
  return { [CREATED_AT]: createdAt ?? null };
}

/**
 * Refuses an account that has the number of the one that the state knows. The list, which is read anyway, shows username
 * and e-mail; GitLab makes up an address for each account. Only where these differ the moment of creation is asked for.
 */
export async function confirmSameAccount(
  state: ServiceAccountState,
  account: ServiceAccountEntity,
  createdAt: string | null,
  context: Context,
): Promise<void> {
  // An import knows nothing yet but the number.
  if ((state.username as string | null) === null) return;
  const isRenamed = !isSameName(state.username, account.username);
  const hasOtherEmail = emailAsRead(state.email, account) !== state.email && state.email !== null;
  if (!isRenamed && !hasOtherEmail) return;
  const now = createdAt === null ? undefined : await context.inventory.users.createdAt(account.id);
  const isKnown = createdAt !== null && now !== undefined;
  const isOther = isKnown ? !isSameMoment(createdAt, now) : isRenamed && hasOtherEmail;
  if (isOther) throw otherAccount(state, account.username, now);
}

/** Right before a change or a deletion, of a user as it is at this moment. */
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

/** Right before a deletion. A plan may be long ago by then, and an account that was renamed since is for a person to decide. */
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
      `User ${user.id} is not the account "${state.username}" that was to go`,
      `It is called "${user.username}" now, so nothing was removed. Plan again, and look whose it is.`,
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
      `Account "${username}" is not the one that it was`,
      `The user with the number of ${id} is now "${present}"${since}, and another account than the one that this state ` +
        `knows. An instance that was restored from a backup gives numbers out again. Nothing was changed. Remove this ` +
        `object, its tokens and memberships from the state (terraform state rm, tofu state rm) and apply, which makes them ` +
        `anew; or import the account that you mean.`,
    ),
  );
}

function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function isSameMoment(one: string, other: string): boolean {
  return Date.parse(one) === Date.parse(other);
}
