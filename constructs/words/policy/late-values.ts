import { KNOWN_SCOPES, ROLE_NAMES } from "../../../src/model";
import {
  judge,
  type Finding,
  type JudgingContext,
  type MembershipFacts,
  type Policy,
  type TokenFacts,
} from "../../../src/model/policy";
import { toOfficialRole } from "../../../src/official";
import type { DeclarationProblem } from "../declaration-problem";
import { findingProblem } from "./in-program";

/** Values that a value must not turn out to be that only the engine will know. */
export interface LateRefusal {
  /** In every spelling that a provider accepts. */
  readonly values: readonly string[];
  readonly problem: DeclarationProblem;
}

interface Judging extends JudgingContext {
  readonly policy: Policy;
}

/** Tries every scope that exists, so that each rule is only in the policy. A warning does not stop an apply. */
export function refusedScopes(facts: TokenFacts, judging: Judging): LateRefusal[] {
  const { forbiddenScopes, scopesNeedingReason } = judging.policy;
  const scopes = [...new Set([...KNOWN_SCOPES, ...forbiddenScopes, ...scopesNeedingReason])];
  const tried = scopes.map((scope) => tryValue(scope, { ...facts, scopes: [scope] }, judging));
  return refusals(tried.flat(), "One of its scopes", (scope) => [scope, `scope:${scope}`]);
}

export function refusedRoles(facts: MembershipFacts, judging: Judging): LateRefusal[] {
  const tried = ROLE_NAMES.map((role) => tryValue(role, { ...facts, role }, judging));
  return refusals(tried.flat(), "Its role", (role) => [role, toOfficialRole(role) ?? role]);
}

interface Tried {
  readonly value: string;
  readonly finding: Finding;
}

function tryValue(value: string, facts: TokenFacts | MembershipFacts, judging: Judging): Tried[] {
  const { findings } = judge([facts], judging.policy, judging);
  return findings
    .filter(({ rule, severity }) => severity === "error" && DECIDED_BY_VALUE.has(rule))
    .map((finding) => ({ value, finding }));
}

/** Other rules check the rest of the declaration, at synth. */
const DECIDED_BY_VALUE = new Set(["forbidden-scope", "scope-without-reason", "max-role"]);

function refusals(
  tried: readonly Tried[],
  what: string,
  spellings: (value: string) => readonly string[],
): LateRefusal[] {
  return [...new Set(tried.map(({ finding }) => finding.rule))].flatMap((rule) => {
    const [first, ...others] = tried.filter(({ finding }) => finding.rule === rule);
    if (first === undefined) return [];
    const values = [first, ...others].map(({ value }) => value);
    const detail = `${what} comes from elsewhere, and is one of ${values.join(", ")}.`;
    const remedy = "Use another value, or declare it where it comes from.";
    const finding = { ...first.finding, detail, remedy };
    return [{ values: [...new Set(values.flatMap(spellings))], problem: findingProblem(finding) }];
  });
}
