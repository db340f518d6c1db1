import type { Facts } from "../facts";
import type { RuleName } from "../rule-name";
import { ACCOUNT_RULES } from "./account-rules";
import { MEMBERSHIP_RULES } from "./membership-rules";
import type { Rule } from "./rule";
import { RUN_RULES } from "./run-rules";
import { TOKEN_RULES } from "./token-rules";

export type { Breach, Rule, RuleHeader } from "./rule";
export { removalWeight } from "./run-rules";

/** A rule of one kind of object, as one of any kind. Sound because `judge` gives it only facts of its own kind. */
function anyRule<F extends Facts>(rule: Rule<F>): Rule {
  return rule;
}

/** All rules. */
export const RULES: readonly Rule[] = [
  ...TOKEN_RULES.map(anyRule),
  ...MEMBERSHIP_RULES.map(anyRule),
  ...ACCOUNT_RULES.map(anyRule),
  ...RUN_RULES.map(anyRule),
];

const byName = new Map(RULES.map((rule) => [rule.name, rule]));

export function ruleNamed(name: RuleName): Rule {
  const rule = byName.get(name);
  if (rule === undefined) throw new Error(`there is no rule ${name}`);
  return rule;
}
