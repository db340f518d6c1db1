import {
  DEFAULT_POLICY,
  formatSettings,
  PROPERTIES,
  tighten,
  type Policy,
  type PolicySettings,
} from "../../../src/model/policy";
import { policyOfFolder as readFolder } from "../../../src/config";
import type { DeclarationProblem } from "../declaration-problem";
import { inProgram } from "./in-program";

/** The settings of `glsa.config.json` in the program's folder and those above it. Otherwise the default policy. */
export function policyOfFolder(folder: string): Policy {
  return readFolder(folder).policy;
}

/** What applies below a policy and everything that tightens it, outermost first. */
export function policyBelow(
  inherited: Policy,
  declared: readonly PolicySettings[],
): { readonly policy: Policy; readonly problems: readonly DeclarationProblem[] } {
  let policy = inherited;
  const problems: DeclarationProblem[] = [];
  for (const settings of declared) {
    const tightened = tighten(policy, settings);
    policy = tightened.policy;
    problems.push(...tightened.problems.map(inProgram));
  }
  return { policy, problems };
}

/**
 * The provider's `policy`, in its own terms: what differs from the default, or from the folder's files, which the
 * provider reads too. Undefined if nothing differs.
 */
export function providerPolicy(
  policy: Policy,
  ofFolder: Policy,
): Readonly<Record<string, unknown>> | undefined {
  const differing = PROPERTIES.filter((name) =>
    [DEFAULT_POLICY, ofFolder].some(
      (known) => JSON.stringify(policy[name]) !== JSON.stringify(known[name]),
    ),
  );
  if (differing.length === 0) return undefined;
  return formatSettings(Object.fromEntries(differing.map((name) => [name, policy[name]])));
}
