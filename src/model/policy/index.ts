export type { OpenQuestion } from "./open-question";
export { accountAddress, membershipAddress, RUN_ADDRESS, tokenAddress } from "./address";
export type { Exception } from "./exception";
export {
  NO_REMOVALS,
  type AccountFacts,
  type Facts,
  type MembershipFacts,
  type PowerLoss,
  type Removals,
  type RunFacts,
  type TokenFacts,
  type UnknownAttribute,
} from "./facts";
export type { Finding, Severity } from "./finding";
export { findingSummary, findingText } from "./finding-text";
export { judge, openQuestions, strictnessOf, type Judgement, type JudgingContext } from "./judge";
export { formatSettings, parsePolicy, parseSettings, pathText, type ParsedSettings } from "./parse";
export {
  DEFAULT_POLICY,
  policyOf,
  type Policy,
  type PolicySettings,
  type Strictness,
} from "./policy";
export { RULE_NAMES, STAGES, type RuleName, type Stage } from "./rule-name";
export { removalWeight, RULES, type RuleHeader } from "./rules";
export {
  anySetting,
  PROPERTIES,
  readRecord,
  SETTINGS,
  shown,
  type JsonSchema,
  type PolicyPath,
  type PolicyProblem,
  type Report,
} from "./settings";
export { strictest, tighten, type Tightened } from "./tighten";
