import {
  DEFAULT_POLICY,
  formatSettings,
  policyOf,
  PROPERTIES,
  tighten,
  type Policy,
  type PolicySettings,
} from "../../../src/model/policy";
import { findConfig, readConfig } from "../../../src/config";
import type { DeclarationProblem } from "../declaration-problem";
import { inProgram } from "./in-program";

/** What the program's folder, or the nearest one above, says in its `glsa.config.json`; else the default policy. */
export function policyOfFolder(folder: string): Policy {
  const file = findConfig(folder);
  return file === undefined ? DEFAULT_POLICY : policyOf(readConfig(file).policy);
}

/** What holds below a policy and everything that tightens it, outermost first. */
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

/** The provider's `policy`, by its own words: what differs from the default; undefined where nothing does. */
export function providerPolicy(policy: Policy): Readonly<Record<string, unknown>> | undefined {
  const differing = PROPERTIES.filter(
    (name) => JSON.stringify(policy[name]) !== JSON.stringify(DEFAULT_POLICY[name]),
  );
  if (differing.length === 0) return undefined;
  return formatSettings(Object.fromEntries(differing.map((name) => [name, policy[name]])));
}
