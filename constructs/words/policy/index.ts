export { accountFacts, membershipFacts, tokenFacts } from "./facts";
export { findingProblem } from "./in-program";
export { refusedRoles, refusedScopes, type LateRefusal } from "./late-values";
export { policyBelow, policyOfFolder, providerPolicy } from "./policy-chain";
export {
  readException,
  readOptions,
  type PolicyException,
  type PolicyOptions,
} from "./policy-options";
