import type { MemberEntity } from "../../gitlab";
import type { KnownContainer } from "../../inventory";
import { ACCESS_LEVELS, parseRole, roleOfAccessLevel, type AccountId } from "../../model";
import { error, warning, type Diagnostic } from "../../provider/contract";
import type { Context } from "../shared/context";
import { attempt } from "../shared/failures";
import { known } from "../shared/problems";
import { inheritedRoleErrors } from "./inherited-role";
import type { MembershipConfig } from "./schema";

interface Foreseen {
  readonly container: KnownContainer;
  readonly userId: number;
  /** Undefined if the user is named by number. */
  readonly account: AccountId | undefined;
  readonly planned: MembershipConfig;
}

/** Why the server would refuse a new membership, reported in the plan already. */
export async function foreseeMembership(
  foreseen: Foreseen,
  context: Context,
): Promise<Diagnostic[]> {
  const { container, userId, planned } = foreseen;
  const summary = `Cannot list the members of ${container.kind} "${container.fullPath}"`;
  return attempt(summary, async () => {
    const ineligible = await eligibilityErrors(foreseen, context);
    if (ineligible.length > 0) return ineligible;
    const role = parseRole(known(planned.role) ?? "");
    if (role === undefined) return [];
    const direct = await context.inventory.members.find(container, userId);
    if (direct !== undefined) return adoptionWarnings(container, direct, ACCESS_LEVELS[role]);
    return inheritedRoleErrors(container, userId, ACCESS_LEVELS[role], context);
  });
}

/** @see https://docs.gitlab.com/user/profile/service_accounts/ */
async function eligibilityErrors(
  { container, account }: Foreseen,
  context: Context,
): Promise<Diagnostic[]> {
  if (account === undefined || account.owner.kind === "instance") return [];
  const { owner } = account;
  if (owner.kind === "project") {
    if (container.kind === "project" && container.id === owner.id) return [];
    return [
      ineligible(
        container,
        `A project's service account can be a member of that project only (project ${owner.id}).`,
      ),
    ];
  }
  const group = await context.inventory.containers.resolve("group", owner.id);
  const isInside = `${container.fullPath}/`
    .toLowerCase()
    .startsWith(`${group.fullPath}/`.toLowerCase());
  if (!group.isSubgroup || isInside) return [];
  return [
    ineligible(
      container,
      `A subgroup's service account can be a member only of "${group.fullPath}" and what is below it.`,
    ),
  ];
}

function ineligible(container: KnownContainer, why: string): Diagnostic {
  return error(
    "account-may-not-join",
    `The account may not join ${container.kind} "${container.fullPath}"`,
    `${why} Use an account of a top-level group or of the instance instead.`,
    [container.kind],
  );
}

function adoptionWarnings(
  container: KnownContainer,
  member: MemberEntity,
  accessLevel: number,
): Diagnostic[] {
  const role = roleOfAccessLevel(member.access_level) ?? String(member.access_level);
  const change =
    member.access_level === accessLevel
      ? "and has that role"
      : `with the role ${role}, which will change`;
  return [
    warning(
      "membership-adopted",
      `The membership in ${container.kind} "${container.fullPath}" exists and is adopted`,
      `${member.username} is a direct member already, ${change}.`,
    ),
  ];
}
