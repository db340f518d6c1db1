import { toOfficialRole, type OfficialObject } from "../../../src/official";
import type { ContainerRef } from "../account-owner";
import type { DeclarationProblem } from "../declaration-problem";
import type { MembershipOptions } from "../membership-options";
import type { Role } from "../role";
import type { OfficialFront } from "./front";
import { refusal } from "./refusal";

interface MembershipDeclaration extends MembershipOptions {
  readonly role: Role;
  /** Number of the user. */
  readonly userId: number;
}

/** The membership in a group, which the official provider knows by its number alone. */
export function officialGroupMembership(
  groupId: number,
  membership: MembershipDeclaration,
  front: OfficialFront,
): OfficialObject {
  const { removeMembershipsBelow = false } = membership;
  return {
    kind: "groupMembership",
    properties: {
      ...memberProperties(membership, front),
      groupId,
      skipSubresourcesOnDestroy: front.not(removeMembershipsBelow),
    },
  };
}

/** The membership in a project. Nothing is below one, so that nothing is to be removed there. */
export function officialProjectMembership(
  project: ContainerRef,
  membership: MembershipDeclaration,
  front: OfficialFront,
): OfficialObject {
  const properties = { ...memberProperties(membership, front), project: front.text(project) };
  return { kind: "projectMembership", properties };
}

function memberProperties(
  { role, userId, expiresAt }: MembershipDeclaration,
  front: OfficialFront,
) {
  return {
    userId,
    accessLevel: accessLevel(role, front),
    memberRoleId: role.customRoleId,
    expiresAt,
  };
}

function accessLevel({ name }: Role, { isLate }: OfficialFront): string {
  return isLate(name) ? name : (toOfficialRole(name) ?? name);
}

/** What of a membership the official provider cannot do. */
export function membershipRefusals(
  { role }: { readonly role: Role },
  { isLate }: OfficialFront,
): DeclarationProblem[] {
  if (isLate(role.name) || toOfficialRole(role.name) !== null) return [];
  return [
    refusal("role", `knows no role "${role.name}"`, "Write another role, such as Role.REPORTER"),
  ];
}
