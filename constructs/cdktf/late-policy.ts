import { Fn, Lazy, Op, type IResolvable, type TerraformResource } from "cdktf";
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

/*
 * A scope or role that the engine fills in later is judged where it is known: by a condition of the resource, which a plan
 * asks, or the apply before it changes anything. glsa's provider judges late values itself, by the policy of its own
 * place, so that there only a policy further inside needs conditions.
 */

type JudgedToken = Parameters<typeof tokenFacts>[0];
type JudgedMembership = Parameters<typeof membershipFacts>[0];
type Judging = JudgingContext & { readonly policy: Policy };

/** The resource that a construct became, of the one provider or the other. */
interface Declared {
  readonly glsa?: TerraformResource;
  readonly official?: TerraformResource;
}

export function judgeLateScopes(construct: IConstruct, object: Declared, token: JudgedToken): void {
  const names = token.scopes.map(({ name }) => name);
  if (!names.some(isLate)) return;
  const isFree = (refused: string[]) => Op.lt(Fn.lengthOf(Fn.setintersection(names, [refused])), 1);
  addConditions(construct, object, isFree, (judging) =>
    refusedScopes(tokenFacts(token, isLate, judging.today), judging),
  );
}

export function judgeLateRole(
  construct: IConstruct,
  object: Declared,
  membership: JudgedMembership,
): void {
  const { name } = membership.role;
  if (!isLate(name)) return;
  const isFree = (refused: string[]) => Op.not(Fn.contains(refused, Fn.lower(name)));
  addConditions(construct, object, isFree, (judging) =>
    refusedRoles(membershipFacts(membership, isLate), judging),
  );
}

function addConditions(
  construct: IConstruct,
  { glsa, official }: Declared,
  isFree: (refused: string[]) => IResolvable,
  refusalsOf: (judging: Judging) => readonly LateRefusal[],
): void {
  const conditions = () => {
    const isJudgedByProvider = official === undefined && !isTightenedInside(construct);
    if (isJudgedByProvider) return [];
    const policy = policyAt(construct);
    const refusals = refusalsOf({ policy, stage: "synth", today: utcDate(new Date()) });
    return refusals.map(({ values, problem }) => ({
      condition: isFree([...values]),
      error_message: escaped(`[${construct.node.path}] ${problemText(problem)}`),
    }));
  };
  // What is declared later, or further outside, counts too.
  const produce = () => {
    const all = conditions();
    return all.length === 0 ? undefined : all;
  };
  (official ?? glsa)?.addOverride("lifecycle.precondition", Lazy.anyValue({ produce }));
}

/** Text that Terraform takes as it is. */
function escaped(text: string): string {
  return text.replace(/[$%]\{/g, (opening) => `${opening.charAt(0)}${opening}`);
}
