import { isGitLabError, type MemberEntity, type MemberFields } from "../../gitlab";
import { formatMembershipId, roleOfAccessLevel, type MembershipId } from "../../model";
import { DiagnosticError, error, warning, type Diagnostic } from "../../provider/contract";
import type { Context } from "../shared/context";
import { codeOf, detailOf } from "../shared/failures";
import { inheritedRoleErrors } from "./inherited-role";
import { describeMembership, isAsWanted } from "./member";

export function claimOfMembership(id: MembershipId): string {
  return `membership ${formatMembershipId(id)}`;
}

interface Added {
  readonly member: MemberEntity;
  readonly diagnostics: readonly Diagnostic[];
}

/** Adds the member, or takes over the membership that exists. */
export async function addMember(
  id: MembershipId,
  wanted: MemberFields,
  context: Context,
): Promise<Added> {
  try {
    const member = await context.gitlab.members.add(id.container, id.userId, wanted);
    await context.inventory.members.put(id.container, member);
    return { member, diagnostics: [] };
  } catch (cause) {
    const exists = isGitLabError(cause, "conflict");
    const lost = isGitLabError(cause) && cause.mayHaveTakenEffect;
    if (!exists && !lost) throw await refusal(id, cause, context, wanted);
    const member = await currentMember(id, context);
    if (member === undefined) throw await refusal(id, cause, context, wanted);
    const notice = exists ? [adoptionNotice(id, member, wanted, context)] : [];
    if (!isAsWanted(member, wanted)) await changeMember(id, wanted, context);
    return { member, diagnostics: notice };
  }
}

/** Returns false if there is no such membership. */
export async function changeMember(
  id: MembershipId,
  wanted: MemberFields,
  context: Context,
): Promise<boolean> {
  try {
    const member = await context.gitlab.members.update(id.container, id.userId, wanted);
    await context.inventory.members.put(id.container, member);
    return true;
  } catch (cause) {
    if (isGitLabError(cause, "not_found") && (await currentMember(id, context)) === undefined) {
      return false;
    }
    throw await refusal(id, cause, context, wanted);
  }
}

async function currentMember(
  id: MembershipId,
  context: Context,
): Promise<MemberEntity | undefined> {
  await context.inventory.members.drop(id.container, id.userId);
  return context.inventory.members.find(id.container, id.userId);
}

function adoptionNotice(
  id: MembershipId,
  member: MemberEntity,
  wanted: MemberFields,
  context: Context,
): Diagnostic {
  const before = roleOfAccessLevel(member.access_level) ?? String(member.access_level);
  const change = isAsWanted(member, wanted) ? "unchanged" : `changed; it was ${before}`;
  return warning(
    "membership-adopted",
    `Existing ${describeMembership(id, context)} was adopted`,
    `It existed already and is now ${change}.`,
  );
}

/**
 * Why a membership was not written. GitLab names the attribute; whether a higher role is inherited is looked up.
 * @param wanted absent for a removal
 */
export async function refusal(
  id: MembershipId,
  cause: unknown,
  context: Context,
  wanted?: MemberFields,
): Promise<unknown> {
  const role = wanted?.access_level;
  const isRole = isGitLabError(cause, "bad_request") && cause.attributes.includes("access_level");
  const inherited = isRole && role !== undefined ? await inheritedOrNothing(id, role, context) : [];
  return inherited.length > 0 ? new DiagnosticError(...inherited) : explained(id, cause, context);
}

async function inheritedOrNothing(
  { container, userId }: MembershipId,
  accessLevel: number,
  context: Context,
): Promise<Diagnostic[]> {
  try {
    const known = await context.inventory.containers.resolve(container.kind, container.id);
    return await inheritedRoleErrors(known, userId, accessLevel, context);
  } catch (failure) {
    if (isGitLabError(failure)) return [];
    throw failure;
  }
}

/** GitLab returns a bare 403 for several reasons. */
function explained(id: MembershipId, cause: unknown, context: Context): unknown {
  const detail = detailOf(cause);
  if (detail === undefined) return cause;
  const reasons = isGitLabError(cause, "forbidden")
    ? " GitLab also returns this if the account was created for another group or project and may not join this one, " +
      "if the membership is the last owner's, and if it would grant more than the caller has."
    : "";
  return new DiagnosticError(
    error(codeOf(cause), `Cannot write the ${describeMembership(id, context)}`, detail + reasons),
  );
}
