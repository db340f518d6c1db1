import type { DeclaredMembership } from "../declarations";
import { accountOf, containerOf, ofType } from "./people";
import type { FoundResource, FoundResources } from "./resource";
import { textOf } from "./values";

const TYPES = ["glsa_membership", "gitlab_group_membership", "gitlab_project_membership"];

export function membershipsIn(resources: FoundResources): DeclaredMembership[] {
  return ofType(resources, TYPES).map((resource) => membershipIn(resource, resources));
}

function membershipIn(
  { properties }: FoundResource,
  resources: FoundResources,
): DeclaredMembership {
  const { serviceAccountId, userId, role, accessLevel, customRoleId, memberRoleId } = properties;
  const { group, groupId, project, projectId } = properties;
  const custom = customRoleId ?? memberRoleId;
  return {
    account: accountOf(resources, serviceAccountId ?? userId),
    on: containerOf(resources, group ?? groupId ?? project ?? projectId),
    role: baseRole(String(role ?? accessLevel)),
    customRoleId: custom === undefined ? undefined : Number(custom),
    expiresAt: textOf(properties.expiresAt),
  };
}

/** The official provider has a shorter name for one of them. */
function baseRole(role: string): string {
  return role === "minimal" ? "minimal_access" : role;
}
