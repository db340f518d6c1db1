import type { Policy, PolicySettings } from "./policy";
import { anySetting, PROPERTIES, shown, strictestSeverities, type PolicyProblem } from "./settings";

export interface Tightened {
  readonly policy: Policy;
  readonly problems: readonly PolicyProblem[];
}

/**
 * What applies below an inherited policy: every limit may become stricter, lists grow, exceptions are added. A looser
 * value is a problem, and the inherited one stays.
 */
export function tighten(inherited: Policy, own: PolicySettings): Tightened {
  const problems: PolicyProblem[] = [];
  const policy: Record<string, unknown> = { ...inherited };
  for (const property of PROPERTIES) {
    const [above, below] = [inherited[property], own[property]];
    if (below === undefined || below === null) continue;
    const setting = anySetting(property);
    const both = above === null ? below : setting.tightened(above, below);
    if (both !== undefined) policy[property] = both;
    else problems.push(looserProblem(setting.key, setting.format(above), setting.format(below)));
  }
  return { policy: policy as unknown as Policy, problems };
}

/**
 * The stricter of two policies of equal rank, setting by setting and rule by rule. Only the exceptions of the first
 * apply: another policy's would loosen it.
 */
export function strictest(policy: Policy, other: PolicySettings): Policy {
  const { severity = {} } = other;
  const settings = { ...other, exceptions: [], severity: {} };
  return {
    ...tighten(policy, settings).policy,
    severity: strictestSeverities(policy.severity, severity),
  };
}

function looserProblem(key: string, inherited: unknown, own: unknown): PolicyProblem {
  return {
    path: [key],
    code: "looser-policy",
    summary: `${key} would be looser than the policy it inherits`,
    detail:
      `The inherited value is ${shown(inherited)}, the value here is ${shown(own)}. An inherited policy may only be tightened. ` +
      `For an object that must break the rule, write an exception with a reason and an end date.`,
  };
}
