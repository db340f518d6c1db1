import type { Facts, UnknownAttribute } from "../facts";
import type { Severity } from "../finding";
import type { Policy, PolicySettings } from "../policy";
import type { RuleName, Stage } from "../rule-name";

/** How an object breaks a rule. */
export interface Breach {
  /** The provider's attribute to change. Null for the object as a whole. */
  readonly attribute: string | null;
  readonly detail: string;
  readonly remedy: string;
}

/** The definition of a rule, for the documentation and for checks. */
export interface RuleHeader {
  readonly name: RuleName;
  /** The rule, in one sentence. */
  readonly summary: string;
  readonly severity: Severity;
  readonly stages: readonly Stage[];
  /** The setting that changes its limit. Null if only its severity can be set. */
  readonly setting: keyof PolicySettings | null;
}

export interface Rule<F extends Facts = Facts> extends RuleHeader {
  readonly judges: F["kind"];
  /** Undefined if the rule is met, and if too little is known. */
  breach(facts: F, policy: Policy): Breach | undefined;
  /** The attributes that decide it, if the policy has a limit at all. */
  reads?(facts: F, policy: Policy): readonly UnknownAttribute[];
}
