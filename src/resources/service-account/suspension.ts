import { DiagnosticError, error, isUnknown, type Diagnostic } from "../../provider/contract";
import type { Context } from "../shared/context";
import { attempt } from "../shared/failures";
import type { ServiceAccountConfig, ServiceAccountState } from "./schema";

/*
 * A suspension is GitLab's own block of a user. It is one request, ends every token at once, is undone without a new
 * token or membership, and every state and provider configuration sees it on the account.
 */

/** What the declaration asks for. Undefined where it leaves the account as it is. */
export function wantedSuspension(
  { suspended }: ServiceAccountConfig,
  prior: ServiceAccountState | null,
): boolean | "unknown" | undefined {
  if (isUnknown(suspended)) return "unknown";
  const isSuspended = prior?.suspended ?? false;
  return suspended === null || suspended === isSuspended ? undefined : suspended;
}

/** In the plan: only administrators block users. */
export async function suspensionErrors(
  wanted: boolean | "unknown" | undefined,
  username: string,
  context: Context,
): Promise<Diagnostic[]> {
  if (wanted === undefined || wanted === "unknown" || !context.ready) return [];
  const isAllowed = await attempt("Cannot tell whether the run may suspend accounts", () =>
    context.gitlab.isAdministrator(),
  );
  if (isAllowed) return [];
  return [
    error(
      "suspension-needs-administrator",
      `Only an administrator can ${wanted ? "suspend" : "resume"} account "${username}"`,
      "GitLab lets administrators alone block users, and has nothing else that stops an account and can be undone. Use an " +
        "administrator's token, leave suspended out, or revoke the account's tokens with revoke_now.",
      ["suspended"],
    ),
  ];
}

/** Both can be repeated. */
export async function setSuspension(
  { userId, username }: { readonly userId: number; readonly username: string },
  isSuspended: boolean,
  { gitlab }: Context,
): Promise<void> {
  await attempt(`Cannot ${isSuspended ? "suspend" : "resume"} account "${username}"`, () =>
    isSuspended ? gitlab.users.block(userId) : gitlab.users.unblock(userId),
  );
  const { state } = await attempt(`Cannot read account "${username}"`, () =>
    gitlab.users.get(userId),
  );
  if ((state === "blocked") === isSuspended) return;
  throw new DiagnosticError(
    error(
      "suspension-ignored",
      `GitLab left account "${username}" ${state}`,
      `It was asked to ${isSuspended ? "block" : "unblock"} the user, and did not. An administrator can see why in the Admin ` +
        `area, Users. Apply again when it is cleared up.`,
      ["suspended"],
    ),
  );
}
