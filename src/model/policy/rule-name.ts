/** What a rule is called in a configuration, a finding and an exception. */
export const RULE_NAMES = [
  "maximum-lifetime",
  "forbidden-scope",
  "scope-without-reason",
  "highest-role",
  "never-expiring-token",
  "rotation-slack",
  "live-generations",
  "purpose-and-contact",
  "too-many-removals",
  "own-account-removal",
  "own-power",
] as const;

export type RuleName = (typeof RULE_NAMES)[number];

/**
 * Where rules are judged: in a construct's program, in the plan of one resource, in a review of a whole plan, and over
 * a live instance.
 */
export const STAGES = ["synth", "plan", "review", "audit"] as const;

export type Stage = (typeof STAGES)[number];
