import { parseMembershipId, type MembershipId } from "../../model";
import { isGitLabError, type MemberEntity } from "../../gitlab";
import type { DeletePlanRequest, PrivateState } from "../../provider/contract";
import type { Addressing, KnownObject, TakenName } from "../one-address/with-one-address";
import { twoAddresses } from "../one-address/texts";
import { userLabel } from "../shared/account-label";
import { containerSpelling } from "../shared/container-spelling";
import type { Context } from "../shared/context";
import { attempt } from "../shared/failures";
import { declaredUser } from "../shared/declared-user";
import { confirmSameMember } from "./identity";
import { describeMembership, membershipIdOf } from "./member";
import type { MembershipAttributes, MembershipConfig, MembershipState } from "./schema";
import { claimOfMembership } from "./write";

export const membershipAddressing: Addressing<MembershipAttributes> = {
  names: takenPlace,
  ofState,
  takenOver: membershipThere,
  confirm: confirmMember,
};

/** By its spelling. The plan compares what two spellings mean. */
function takenPlace(config: MembershipConfig, context: Context): TakenName[] {
  const userId = declaredUser(config);
  const place = containerSpelling(config);
  if (userId === undefined || place === undefined) return [];
  const spelling = place.spelling.replace(/^\/+|\/+$/g, "").toLowerCase();
  const refusal = twoAddresses(
    `the membership of ${userLabel(userId, context)} in ${place.kind} "${place.spelling}"`,
    [place.kind],
  );
  return [{ name: `member ${userId} of ${place.kind} ${spelling}`, refusal }];
}

function ofState(
  { id: text }: MembershipState,
  _: PrivateState | null,
  context: Context,
): KnownObject | undefined {
  const id = parseMembershipId(text ?? "");
  return id === undefined ? undefined : knownMembership(id, context);
}

function knownMembership(id: MembershipId, context: Context): KnownObject {
  return { object: claimOfMembership(id), label: `the ${describeMembership(id, context)}` };
}

/** Whether it exists or not: two declarations would create one membership. */
async function membershipThere(
  planned: MembershipConfig,
  context: Context,
): Promise<KnownObject | undefined> {
  const userId = declaredUser(planned);
  const place = containerSpelling(planned);
  if (userId === undefined || place === undefined) return undefined;
  const { kind, id } = await context.inventory.containers.resolve(place.kind, place.spelling);
  return knownMembership({ container: { kind, id }, userId }, context);
}

/** The plan may be old when it is applied, and the user's number may belong to another user by then. */
async function confirmMember(
  { prior, private: memory }: DeletePlanRequest<MembershipAttributes>,
  context: Context,
): Promise<void> {
  const id = membershipIdOf(prior);
  const member = await attempt(`Cannot read the ${describeMembership(id, context)}`, () =>
    memberOrNothing(id, context),
  );
  if (member !== undefined) await confirmSameMember(id, member, memory, context);
}

async function memberOrNothing(
  { container, userId }: MembershipId,
  context: Context,
): Promise<MemberEntity | undefined> {
  try {
    return await context.gitlab.members.get(container, userId);
  } catch (cause) {
    // The removal finds out whether it is gone.
    if (isGitLabError(cause, "not_found")) return undefined;
    throw cause;
  }
}
