import { isGitLabError } from "../../gitlab";
import { ACCESS_LEVELS, featureProblem, type Container, type RoleName } from "../../model";
import type { DeclaredContainer } from "../../review";
import { failed } from "../failure";
import { fault, type Finding } from "../finding";
import type { Setup } from "../setup";
import type { NeededRight } from "./needed";
import { RIGHTS, type Right } from "./table";

/** What is missing; undefined where the run has the right. Only reads. */
export async function askFor(needed: NeededRight, setup: Setup): Promise<Finding | undefined> {
  const right: Right = RIGHTS[needed.name];
  const place = placeInWords(needed.container);
  try {
    const problem = right.since && featureProblem(right.since, await setup.gitlab.version());
    if (problem) return fault(problem.code, `${problem.summary} (${place})`, problem.detail);
    const has = await hasRight(right, needed.container, setup);
    return has ? undefined : refusal(right, place, setup);
  } catch (cause) {
    if (!isGitLabError(cause)) throw cause;
    if (isGitLabError(cause, "forbidden")) return refusal(right, place, setup);
    return failed(`Cannot ask for ${right.what} in ${place}`, cause);
  }
}

async function hasRight(
  { question, role }: Right,
  spelled: DeclaredContainer | undefined,
  setup: Setup,
): Promise<boolean> {
  const { gitlab, given } = setup;
  const least = role[given.purpose];
  if (spelled === undefined || least === "administrator") return gitlab.isAdministrator();
  const container = await found(spelled, setup);
  switch (question) {
    case "accounts":
      await gitlab.accounts.page(container, 1);
      return true;
    case "variables":
      await gitlab.variables.page(container, 1);
      return true;
    case "role":
      return hasRole(container, least, setup);
  }
}

async function found({ kind, id, path }: DeclaredContainer, setup: Setup): Promise<Container> {
  const { id: number } = await setup.inventory.containers.resolve(kind, id ?? path ?? "");
  return { kind, id: number };
}

async function hasRole(container: Container, least: RoleName, setup: Setup): Promise<boolean> {
  const { gitlab, given } = setup;
  // Whoever sees it may plan, a public one without a role, too.
  if (given.purpose === "plan" || (await gitlab.isAdministrator())) return true;
  const userId = (await gitlab.ownUserId()) ?? (await gitlab.users.self()).id;
  try {
    const { access_level: level } = await gitlab.members.getInherited(container, userId);
    return level >= ACCESS_LEVELS[least];
  } catch (cause) {
    if (isGitLabError(cause, "not_found")) return false;
    throw cause;
  }
}

function refusal({ what, role }: Right, place: string, { given: { purpose } }: Setup): Finding {
  const least = role[purpose];
  const remedy =
    least === "administrator"
      ? "Use the token of an administrator, with the scope admin_mode where Admin Mode is on."
      : `Give the user of GITLAB_TOKEN the role ${least} in ${place} (docs/doctor.md has the least rights).`;
  return fault(
    "missing-right",
    `The run may not ${purpose} ${what.replaceAll("`", "")} in ${place}`,
    remedy,
  );
}

function placeInWords(container: DeclaredContainer | undefined): string {
  if (container === undefined) return "the instance";
  return `${container.kind} ${container.path ?? container.id}`;
}
