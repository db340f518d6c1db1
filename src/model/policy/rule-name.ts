/** The name of a rule in a configuration, a finding and an exception. */
export const RULE_NAMES = [
  "max-lifetime",
  "forbidden-scope",
  "scope-without-reason",
  "forbidden-permission",
  "permission-without-reason",
  "max-role",
  "never-expiring-token",
  "min-slack",
  "max-live-tokens",
  "purpose-and-contact",
  "max-removals",
  "own-account-removal",
  "own-power",
] as const;

export type RuleName = (typeof RULE_NAMES)[number];

/**
 * Where rules are checked: in a construct's program, in the plan of one resource, in a review of a whole plan, and on a
 * live instance.
 */
export const STAGES = ["synth", "plan", "review", "audit"] as const;

export type Stage = (typeof STAGES)[number];
