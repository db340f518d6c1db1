import type { MemberEntity } from "../../gitlab";
import type { MembershipId } from "../../model";
import { DiagnosticError, error, type PrivateState } from "../../provider/contract";
import type { Context } from "../shared/context";
import { describeMembership } from "./member";

/** The username of the membership's user. Memberships of earlier versions have none until they are read. */
const USERNAME = "username";
/** When GitLab created that user, if an account of this run knows it. */
const USER_CREATED_AT = "userCreatedAt";
/**
 * When the user became a member. It identifies a renamed user whose account is in another configuration, or in none.
 */
const MEMBER_SINCE = "memberSince";

/**
 * Refuses a member who has the number of the user that the state knows, but is another user. A renamed user is the
 * same.
 */
export async function confirmSameMember(
  id: MembershipId,
  member: MemberEntity,
  privateState: PrivateState | null,
  context: Context,
): Promise<void> {
  const username = privateState?.[USERNAME];
  if (typeof username !== "string") return;
  if (username.toLowerCase() === member.username.toLowerCase()) return;
  const { users } = context.inventory;
  if (users.isRecognised(id.userId)) return;
  const before = privateState?.[USER_CREATED_AT];
  const isRenamed =
    typeof before === "string"
      ? isSameMoment(before, await users.createdAt(id.userId))
      : isSameMoment(privateState?.[MEMBER_SINCE], member.created_at);
  if (!isRenamed) throw otherMember(id, username, member.username, context);
}

function isSameMoment(before: unknown, now: string | undefined): boolean {
  return typeof before === "string" && now !== undefined && Date.parse(before) === Date.parse(now);
}

export function rememberMember(
  { id, username, created_at: since }: MemberEntity,
  before: PrivateState | null,
  { inventory }: Context,
): PrivateState {
  const createdAt = inventory.users.recognisedCreation(id) ?? before?.[USER_CREATED_AT] ?? null;
  return {
    ...before,
    [USERNAME]: username,
    [USER_CREATED_AT]: createdAt,
    [MEMBER_SINCE]: since ?? null,
  };
}

function otherMember(
  id: MembershipId,
  username: string,
  present: string,
  context: Context,
): DiagnosticError {
  return new DiagnosticError(
    error(
      "number-reused",
      `The ${describeMembership(id, context)} belongs to another user than before`,
      `This state knows user ${id.userId} as "${username}", and the user with this number is now "${present}". An instance ` +
        `that was restored from a backup assigns numbers again. Nothing was changed. Remove this object from the state ` +
        `(terraform state rm, tofu state rm); if the user was renamed and became a member again, import it again.`,
    ),
  );
}
