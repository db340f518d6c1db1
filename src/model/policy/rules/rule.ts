import type { Facts, UnknownAttribute } from "../facts";
import type { Severity } from "../finding";
import type { Policy, PolicySettings } from "../policy";
import type { RuleName, Stage } from "../rule-name";

/** What an object does against a rule. */
export interface Breach {
  /** The provider's attribute that is to be changed; null for the object as a whole. */
  readonly attribute: string | null;
  readonly detail: string;
  readonly remedy: string;
}

/** What a rule is, for the documentation as much as for judging. */
export interface RuleHeader {
  readonly name: RuleName;
  /** What it asks, in one sentence. */
  readonly summary: string;
  readonly severity: Severity;
  readonly stages: readonly Stage[];
  /** The setting that moves its bound; null where only its severity can be set. */
  readonly setting: keyof PolicySettings | null;
}

export interface Rule<F extends Facts = Facts> extends RuleHeader {
  readonly judges: F["kind"];
  /** Undefined where the rule holds, and where too little is known. */
  breach(facts: F, policy: Policy): Breach | undefined;
  /** The attributes that decide it, where the policy has a bound at all. */
  reads?(facts: F, policy: Policy): readonly UnknownAttribute[];
}
