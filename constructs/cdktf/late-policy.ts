import { Fn, Lazy, Op, TerraformResource, type IResolvable } from "cdktf";
import type { IConstruct } from "constructs";
import { utcDate } from "../../src/model";
import type { JudgingContext, Policy } from "../../src/model/policy";
import {
  membershipFacts,
  problemText,
  refusedRoles,
  refusedScopes,
  tokenFacts,
  type LateRefusal,
} from "../words";
import { isLate } from "./late";
import { isTightenedInside, policyAt } from "./policy";
import { OfficialResource } from "./raw/official";

/*
 * A scope or role whose value comes later is checked where the value is known: by a condition of the resource, which is
 * evaluated in the plan, or in the apply before anything changes. glsa's provider checks late values itself, by the
 * policy of its own scope. Conditions are then needed only for a stricter policy further inside.
 */

type JudgedToken = Parameters<typeof tokenFacts>[0];
type JudgedMembership = Parameters<typeof membershipFacts>[0];
type Judging = JudgingContext & { readonly policy: Policy };

export function judgeLateScopes(construct: IConstruct, resource: object, token: JudgedToken): void {
  const names = token.scopes.map(({ name }) => name);
  if (!names.some(isLate)) return;
  const isFree = (refused: string[]) => Op.lt(Fn.lengthOf(Fn.setintersection(names, [refused])), 1);
  addConditions(construct, resource, isFree, (judging) =>
    refusedScopes(tokenFacts(token, isLate, judging.today), judging),
  );
}

export function judgeLateRole(
  construct: IConstruct,
  resource: object,
  membership: JudgedMembership,
): void {
  const { name } = membership.role;
  if (!isLate(name)) return;
  const isFree = (refused: string[]) => Op.not(Fn.contains(refused, Fn.lower(name)));
  addConditions(construct, resource, isFree, (judging) =>
    refusedRoles(membershipFacts(membership, isLate), judging),
  );
}

function addConditions(
  construct: IConstruct,
  resource: object,
  isFree: (refused: string[]) => IResolvable,
  refusalsOf: (judging: Judging) => readonly LateRefusal[],
): void {
  const conditions = () => {
    const isJudgedByProvider =
      !(resource instanceof OfficialResource) && !isTightenedInside(construct);
    if (isJudgedByProvider) return [];
    const policy = policyAt(construct);
    const refusals = refusalsOf({ policy, stage: "synth", today: utcDate(new Date()) });
    return refusals.map(({ values, problem }) => ({
      condition: isFree([...values]),
      error_message: escaped(`[${construct.node.path}] ${problemText(problem)}`),
    }));
  };
  if (!(resource instanceof TerraformResource)) return;
  // Declarations that follow, or that are further outside, count too.
  const produce = () => {
    const all = [...conditionsOfProgram(resource), ...conditions()];
    return all.length === 0 ? undefined : all;
  };
  resource.addOverride("lifecycle.precondition", Lazy.anyValue({ produce }));
}

/** An override replaces them. */
function conditionsOfProgram({ lifecycle }: TerraformResource): object[] {
  const { precondition = [] } = lifecycle ?? {};
  return precondition.map(({ condition, errorMessage }) => ({
    condition,
    error_message: errorMessage,
  }));
}

/** Text that Terraform takes literally. */
function escaped(text: string): string {
  return text.replace(/[$%]\{/g, (opening) => `${opening.charAt(0)}${opening}`);
}
