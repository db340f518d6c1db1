import type { UserMembershipEntity } from "../../gitlab";
import type { AccountId, Container } from "../../model";
import { describeOwner } from "../../inventory";
import { warning, type Diagnostic } from "../../provider/contract";
import { userLabel } from "../shared/account-label";
import type { Context } from "../shared/context";
import { removeMember } from "../shared/remove-member";

/**
 * Removes everything from an account but the user itself: memberships first, so that a failure in between leaves no
 * token that still has access while the state has already forgotten it.
 */
export async function disableAccount(id: AccountId, context: Context): Promise<Diagnostic[]> {
  const { containers, unseen } = await membershipsOf(id, context);
  for (const container of containers) {
    await removeMember({ container, userId: id.userId }, { below: false }, context);
  }
  for (const token of await context.inventory.tokens.activeOf(id)) {
    await context.gitlab.tokens.revoke(id, token.id);
    context.inventory.tokens.dropActive(token.id);
  }
  return unseen ? [unseenWarning(id, context)] : [];
}

/** The number of groups and projects to read. Undefined if one request returns everything. */
export async function costOfDisabling(
  id: AccountId,
  context: Context,
): Promise<{ containers: number } | undefined> {
  if (await context.gitlab.isAdministrator()) return undefined;
  return { containers: (await containersOfOwner(id, context)).length };
}

async function membershipsOf(
  id: AccountId,
  context: Context,
): Promise<{ containers: readonly Container[]; unseen: boolean }> {
  if (await context.gitlab.isAdministrator()) {
    const rows = await context.gitlab.users.memberships(id.userId);
    return { containers: rows.map(containerOfRow), unseen: false };
  }
  const found: Container[] = [];
  for (const container of await containersOfOwner(id, context)) {
    const members = await context.gitlab.members.listOfUsers(container, [id.userId]);
    if (members.length > 0) found.push(container);
  }
  return { containers: found, unseen: true };
}

async function containersOfOwner({ owner }: AccountId, context: Context): Promise<Container[]> {
  if (owner.kind === "instance") return [];
  if (owner.kind === "project") return [owner];
  const groups = await context.gitlab.containers.subgroups(owner.id);
  const projects = await context.gitlab.containers.projectsBelow(owner.id);
  return [
    owner,
    ...groups.map(({ id }) => ({ kind: "group" as const, id })),
    ...projects.map(({ id }) => ({ kind: "project" as const, id })),
  ];
}

function containerOfRow(row: UserMembershipEntity): Container {
  return { kind: row.source_type === "Project" ? "project" : "group", id: row.source_id };
}

function unseenWarning({ owner, userId }: AccountId, context: Context): Diagnostic {
  return warning(
    "memberships-unseen",
    `Memberships outside ${describeOwner(owner)} were not checked`,
    `Only an administrator can see every membership of ${userLabel(userId, context)}. Those in ${describeOwner(owner)} and below ` +
      `were removed, and its active tokens were revoked.`,
  );
}
