import { isGitLabError, type GraphqlMembership, type MemberEntity } from "../../gitlab";
import { InvisibleError } from "../../inventory";
import { roleOfAccessLevel, type Container } from "../../model";
import { warning, type Diagnostic } from "../../provider/contract";
import { userLabel } from "../shared/account-label";
import type { Context } from "../shared/context";
import { attempt, detailOf } from "../shared/failures";
import type { FoundMember } from "./memory";

/** Memberships that no entry declares. */
export interface Others {
  readonly found: readonly FoundMember[];
  /** What could not be seen. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The direct memberships of a user beside those in some groups and projects, as far as the caller may see them, each
 * confirmed where it is. What is not seen is said, and never taken for gone.
 */
export async function othersOf(
  userId: number,
  declared: readonly Container[],
  context: Context,
): Promise<Others> {
  const look = await lookAt(userId, context);
  if (typeof look === "string") return { found: [], diagnostics: [unseen(userId, look, context)] };
  const isDeclared = new Set(declared.map(nameOf));
  const found: FoundMember[] = [];
  for (const shown of look.memberships) {
    const container = { kind: shown.kind, id: shown.containerId };
    if (isDeclared.has(nameOf(container))) continue;
    const member = await confirmed(shown, userId, context);
    if (member === undefined) continue;
    found.push({ entry: undeclared(shown, member), container, member });
  }
  const more = "It has more memberships than GitLab shows at once.";
  return { found, diagnostics: look.hasMore ? [unseen(userId, more, context)] : [] };
}

async function lookAt(userId: number, { inventory }: Context) {
  try {
    return (
      (await inventory.userMemberships.of(userId)) ?? "GitLab does not show it to glsa's token."
    );
  } catch (cause) {
    const why = detailOf(cause);
    if (why === undefined || isGitLabError(cause, "unauthorized", "token_ended")) throw cause;
    return why;
  }
}

function confirmed(
  { kind, containerId: id, path }: GraphqlMembership,
  userId: number,
  { inventory }: Context,
): Promise<MemberEntity | undefined> {
  return attempt(`Cannot list the members of ${kind} "${path}"`, async () => {
    try {
      return await inventory.members.find({ kind, id }, userId);
    } catch (cause) {
      // Gone since it was listed, or a public place whose members the caller may not see.
      if (cause instanceof InvisibleError || isGitLabError(cause, "forbidden")) return undefined;
      throw cause;
    }
  });
}

function undeclared(shown: GraphqlMembership, member: MemberEntity): FoundMember["entry"] {
  return {
    kind: shown.kind,
    label: shown.path,
    values: {
      path: shown.path,
      role: roleOfAccessLevel(member.access_level) ?? String(member.access_level),
      custom_role_id: member.member_role?.id ?? null,
      expires_at: member.expires_at ?? null,
    },
  };
}

export function nameOf({ kind, id }: Container): string {
  return `${kind} ${id}`;
}

function unseen(userId: number, why: string, context: Context): Diagnostic {
  return warning(
    "account-memberships-unseen",
    `Not all memberships of ${userLabel(userId, context)} could be seen`,
    `${why} What is declared is kept as it is declared; of other memberships none is taken for gone, and none that was not ` +
      `seen is removed.`,
  );
}
