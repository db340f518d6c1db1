import { isGitLabError, type MemberEntity } from "../../gitlab";
import type { KnownContainer } from "../../inventory";
import { roleOfAccessLevel } from "../../model";
import { error, type Diagnostic } from "../../provider/contract";
import type { Context } from "../shared/context";

/** GitLab allows no direct role below an inherited one. */
export async function inheritedRoleErrors(
  container: KnownContainer,
  userId: number,
  accessLevel: number,
  context: Context,
): Promise<Diagnostic[]> {
  const inherited = await inheritedMember(container, userId, context);
  if (inherited === undefined || inherited.access_level <= accessLevel) return [];
  const role = roleOfAccessLevel(inherited.access_level) ?? String(inherited.access_level);
  return [
    error(
      "inherited-role",
      `The account already has a higher role in ${container.kind} "${container.fullPath}"`,
      `${inherited.username} inherits the role ${role} from a group above, and GitLab allows no lower one below it. ` +
        `Write ${role} or higher, or leave this membership out.`,
      ["role"],
    ),
  ];
}

async function inheritedMember(
  container: KnownContainer,
  userId: number,
  context: Context,
): Promise<MemberEntity | undefined> {
  try {
    return await context.gitlab.members.getInherited(container, userId);
  } catch (cause) {
    if (isGitLabError(cause, "not_found")) return undefined;
    throw cause;
  }
}
