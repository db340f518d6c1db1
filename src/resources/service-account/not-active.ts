import { warning, type Diagnostic, type PrivateState } from "../../provider/contract";
import type { ServiceAccountState } from "./schema";
import { isNotActive, SUSPENDED } from "./state";

/** The status that an import or a moved block found, while it stays the same. */
const CAME_AS = "cameAs";

/** Stores that an account was not active when it was taken over, so that this does not count as a change. */
export function rememberStatus(
  before: ServiceAccountState,
  { status }: ServiceAccountState,
  privateState: PrivateState | null,
): PrivateState {
  // An import knows only the number.
  const isTakenOver = (before.username as string | null) === null;
  const isAsItCame = isTakenOver ? isNotActive(status) : privateState?.[CAME_AS] === status;
  return isAsItCame ? { [CAME_AS]: status } : {};
}

/**
 * Whether the account was made inactive since it is managed here, so that the declaration requires a change unless it
 * says whether the account is suspended.
 */
export function wasMadeInactive(
  { status }: ServiceAccountState,
  privateState: PrivateState | null,
): boolean {
  return isNotActive(status) && privateState?.[CAME_AS] !== status;
}

/** A warning in the plan. An apply that would have to change it fails. */
export function notActive(
  severity: Diagnostic["severity"],
  { username, id, status }: ServiceAccountState,
): Diagnostic {
  const advice =
    status === SUSPENDED
      ? "Write suspended = true to keep it so without this warning, or suspended = false to have it work again"
      : "Have it made active again (Admin area, Users)";
  const told = warning(
    "account-not-active",
    `Account "${username}" is not active`,
    `An administrator, or GitLab itself, has set ${id} to ${status}, so its tokens do not work, and new ones would not either. ` +
      `glsa cannot know whether that is intended, and does not undo it. ${advice}, or remove its declaration.`,
    ["status"],
  );
  return { ...told, severity };
}
