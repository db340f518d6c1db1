export { accountAddress, membershipAddress, RUN_ADDRESS, tokenAddress } from "./address";
export type { Exception } from "./exception";
export type { AccountFacts, Facts, MembershipFacts, Removals, RunFacts, TokenFacts } from "./facts";
export type { Finding, Severity } from "./finding";
export { judge, type Judgement, type JudgingContext } from "./judge";
export type { Policy } from "./policy";
export { isRuleName, RULE_NAMES, STAGES, type RuleName, type Stage } from "./rule-name";
