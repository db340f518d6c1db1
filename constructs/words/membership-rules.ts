import { dateProblem, roleInProjectProblem, roleProblem, type Problem } from "../../src/model";
import type { ContainerRef } from "./account-owner";
import { containerProblems, exactlyOne, ruleProblems } from "./common-rules";
import { at, type DeclarationProblem } from "./declaration-problem";
import type { IsLate } from "./late";
import type { Role } from "./role";

interface MembershipDeclaration {
  readonly group?: ContainerRef;
  readonly project?: ContainerRef;
  readonly role: Role;
  readonly expiresAt?: string;
}

/** All problems of a membership's declaration. */
export function membershipProblems(
  { group, project, role, expiresAt }: MembershipDeclaration,
  isLate: IsLate,
): DeclarationProblem[] {
  return [
    ...exactlyOne(
      { group, project },
      "A membership has one group or project: declare one for each.",
    ),
    ...containerProblems("group", group, isLate),
    ...containerProblems("project", project, isLate),
    ...ruleProblems("role", role.name, roleProblem, isLate),
    ...(project === undefined ? [] : ruleProblems("role", role.name, roleInProjectProblem, isLate)),
    ...ruleProblems("role", role.customRoleId, customRoleProblem, isLate),
    ...ruleProblems("expiresAt", expiresAt, (date) => dateProblem("expiresAt", date), isLate),
  ];
}

/** The account would be a member of one place twice. */
export function twiceJoinedProblem(place: string, earlier: Role, now: Role): DeclarationProblem[] {
  return at("role", {
    code: "repeated-membership",
    summary: `Two memberships in ${place}`,
    detail: `An account can have one membership in a place; got ${earlier} first and ${now} now. Remove one of them.`,
  });
}

function customRoleProblem(id: number): Problem | undefined {
  if (Number.isInteger(id) && id > 0) return undefined;
  return {
    code: "malformed-custom-role",
    summary: `"${id}" is not the number of a custom role`,
    detail: `The number must be a whole number above zero; got "${id}". GET /member_roles lists them.`,
  };
}
