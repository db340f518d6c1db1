import { InvisibleError } from "../../inventory";
import { ACCESS_LEVELS, parseRole, type MembershipId } from "../../model";
import type { MemberEntity, MemberFields } from "../../gitlab";
import type { Diagnostic } from "../../provider/contract";
import { describeMembership } from "../membership/member";
import { addMember, changeMember, claimOfMembership, refusal } from "../membership/write";
import { refuseWhileDestroyed } from "../one-address/with-one-address";
import type { Context } from "../shared/context";
import { explain } from "../shared/failures";
import { removeMember } from "../shared/remove-member";
import type { KnownEntry } from "./entries";

export interface Written {
  readonly member: MemberEntity | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Makes the membership as it is declared, or takes over the one that exists. */
export async function writeEntry(
  id: MembershipId,
  { entry, prior }: { readonly entry: KnownEntry; readonly prior: KnownEntry | undefined },
  context: Context,
): Promise<Written> {
  const claim = claimOfMembership(id);
  context.claims.claim(claim);
  const wanted = fieldsOf(entry);
  if (prior !== undefined && sameFields(fieldsOf(entry), prior))
    return { member: undefined, diagnostics: [] };
  return context.claims.exclusively(claim, async () => {
    if (prior !== undefined && (await changeMember(id, wanted, context)))
      return { member: undefined, diagnostics: [] };
    refuseWhileDestroyed(claim, `the ${describeMembership(id, context)}`, context);
    const { member, diagnostics } = await addMember(id, wanted, context);
    return { member, diagnostics: prior === undefined ? diagnostics : [] };
  });
}

function fieldsOf({ values }: KnownEntry): MemberFields {
  const role = parseRole(values.role);
  if (role === undefined) throw new Error(`the plan holds the unknown role ${values.role}`);
  return {
    access_level: ACCESS_LEVELS[role],
    expires_at: values.expires_at,
    member_role_id: values.custom_role_id,
  };
}

/** A state may hold a role that this version does not know. */
function sameFields(wanted: MemberFields, { values }: KnownEntry): boolean {
  const role = parseRole(values.role);
  return (
    role !== undefined &&
    ACCESS_LEVELS[role] === wanted.access_level &&
    values.expires_at === wanted.expires_at &&
    values.custom_role_id === wanted.member_role_id
  );
}

/** Leaves alone what another address of the run keeps. Memberships below a group are never taken along. */
export async function removeEntry(id: MembershipId, context: Context): Promise<void> {
  const claim = claimOfMembership(id);
  await context.claims.exclusively(claim, async () => {
    if (context.claims.isClaimed(claim) || !context.claims.mayDestroy(claim)) return;
    try {
      await removeMember(id, { below: false }, context);
    } catch (cause) {
      throw cause instanceof InvisibleError
        ? explain(`Cannot remove the ${describeMembership(id, context)}`, cause)
        : await refusal(id, cause, context);
    } finally {
      context.claims.destroyed(claim);
    }
  });
}
