import { InvisibleError } from "../../inventory";
import { formatMembershipId, isExpired, utcDate } from "../../model";
import type {
  ApplyResult,
  CreateRequest,
  DeleteRequest,
  Diagnostic,
  ForeignState,
  ImportResult,
  ReadRequest,
  ReadResult,
  ResourceType,
  UpdateRequest,
} from "../../provider/contract";
import { refuseWhileDestroyed } from "../one-address/with-one-address";
import { resolveContainer } from "../shared/container-attributes";
import { declaredUser } from "../shared/declared-user";
import { containerSpelling } from "../shared/container-spelling";
import type { Context } from "../shared/context";
import { attempt, explain } from "../shared/failures";
import { identityById } from "../shared/identity-by-id";
import { importedMembership, malformedImport, parseImportId } from "../shared/import-id";
import { refuseOtherWay, wayErrors } from "../shared/membership-ways";
import { officialIdentity } from "../shared/official-state";
import { removeMember } from "../shared/remove-member";
import { numberedId } from "../shared/spelled-id";
import { refuseWhenStopped } from "../shared/stopping";
import { confirmSameMember, rememberMember } from "./identity";
import { declaredHere, IMPORTED } from "./imported";
import { describeMembership, fieldsOf, membershipIdOf, stateAsRead } from "./member";
import { planMembership, planMembershipDeletion } from "./plan";
import { membershipSchema, type MembershipAttributes, type MembershipState } from "./schema";
import { validateMembership } from "./validate";
import { addMember, changeMember, claimOfMembership, refusal } from "./write";

/** `glsa_membership` */
export const membership: ResourceType<Context, MembershipAttributes> = {
  schema: membershipSchema,
  validate: (config, context) => [
    ...validateMembership(config),
    ...(context === undefined ? [] : wayErrors(declaredUser(config), "separately", context)),
  ],
  plan: planMembership,
  planDelete: planMembershipDeletion,
  read: readMembership,
  create: createMembership,
  update: updateMembership,
  delete: deleteMembership,
  importState: importMembership,
  takeOver: takeOverMembership,
  identity: identityById("The group or project and the user: `group:12:345` or `project:7:345`."),
};

async function readMembership(
  { state: before, private: privateState }: ReadRequest<MembershipAttributes>,
  context: Context,
): Promise<ReadResult<MembershipAttributes> | null> {
  const state = { ...before, id: await numberedId(before.id, context) };
  const id = membershipIdOf(state);
  const member = await attempt(`Cannot read the ${describeMembership(id, context)}`, () =>
    context.inventory.members.find(id.container, id.userId),
  );
  if (member !== undefined) {
    await confirmSameMember(id, member, privateState, context);
    const memory = rememberMember(member, privateState, context);
    return { state: stateAsRead(state, member), private: memory };
  }
  // GitLab removes an expired membership. Creating it again in every run would only fail.
  const now = context.gitlab.client.serverDate;
  if (now !== undefined && isExpired(state.expires_at, utcDate(now))) {
    return { state: { ...state, status: "expired" } };
  }
  return null;
}

async function createMembership(
  { planned }: CreateRequest<MembershipAttributes>,
  context: Context,
): Promise<ApplyResult<MembershipAttributes>> {
  refuseWhenStopped(context);
  const wanted = planned as MembershipState;
  const spelling = containerSpelling(wanted);
  if (spelling === undefined || wanted.user_id === null) {
    throw new Error("the plan names no group or project, or no user");
  }
  const { kind, id: containerId } = await resolveContainer(spelling, context);
  const id = { container: { kind, id: containerId }, userId: wanted.user_id };
  const claim = claimOfMembership(id);
  context.claims.claim(claim);
  refuseOtherWay(id.userId, "separately", context);
  refuseWhileDestroyed(claim, `the ${describeMembership(id, context)}`, context);
  const { member, diagnostics } = await context.claims.exclusively(claim, () =>
    addMember(id, fieldsOf(wanted), context),
  );
  return {
    state: { ...wanted, id: formatMembershipId(id), status: "active" },
    // Terraform plans a deletion with what was stored before the read.
    private: rememberMember(member, null, context),
    diagnostics,
  };
}

async function updateMembership(
  { prior, planned, private: kept }: UpdateRequest<MembershipAttributes>,
  context: Context,
): Promise<ApplyResult<MembershipAttributes>> {
  refuseWhenStopped(context);
  const wanted = planned as MembershipState;
  const id = membershipIdOf(prior);
  const before = JSON.stringify(fieldsOf(prior));
  if (before !== JSON.stringify(fieldsOf(wanted))) {
    const changed = await changeMember(id, fieldsOf(wanted), context);
    if (!changed) {
      const { member } = await addMember(id, fieldsOf(wanted), context);
      return { state: wanted, private: rememberMember(member, declaredHere(kept), context) };
    }
  }
  return { state: wanted, private: declaredHere(kept) };
}

async function deleteMembership(
  { prior }: DeleteRequest<MembershipAttributes>,
  context: Context,
): Promise<Diagnostic[]> {
  refuseWhenStopped(context);
  const id = membershipIdOf(prior);
  const claim = claimOfMembership(id);
  return context.claims.exclusively(claim, async () => {
    if (context.claims.isClaimed(claim)) return [];
    const options = { below: prior.remove_memberships_below ?? false };
    try {
      await removeMember(id, options, context);
    } catch (cause) {
      throw cause instanceof InvisibleError
        ? explain(`Cannot remove the ${describeMembership(id, context)}`, cause)
        : await refusal(id, cause, context);
    }
    return [];
  });
}

async function importMembership(
  text: string,
  context: Context,
): Promise<ImportResult<MembershipAttributes>> {
  const written = parseImportId(text);
  if (written === undefined || written.kind === "instance" || written.token !== undefined) {
    throw malformedImport("a membership", text, ["group:GROUP:USER", "project:PROJECT:USER"]);
  }
  const { id, fullPath } = await importedMembership(written, written.kind, context);
  return {
    state: { id: formatMembershipId(id), user_id: id.userId, [written.kind]: fullPath },
    private: IMPORTED,
  };
}

function takeOverMembership(source: ForeignState): ImportResult<MembershipAttributes> {
  const { prefix, place, userId } = officialIdentity("membership", source);
  return { state: { id: `${prefix}:${userId}`, user_id: userId, ...place }, private: IMPORTED };
}
