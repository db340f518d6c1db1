export type { AccountOptions } from "./account-options";
export { AccountOwner, type ContainerRef } from "./account-owner";
export {
  ACCOUNT_ON_DESTROY,
  accountProblems,
  type AccountOnDestroy,
  type AccountTimeouts,
} from "./account-rules";
export { addressesUnder, addressOf, edgeWords, type Addresses } from "./address";
export { at, problemText, type DeclarationProblem } from "./declaration-problem";
export { defaultDescription, defaultUsername } from "./defaults";
export * from "./delivery";
export { Duration } from "./duration";
export type { GranularScope } from "./granular-scope";
export { assertValid, InvalidDeclarationError } from "./invalid-declaration-error";
export type { IsLate, Spell } from "./late";
export type { MembershipOptions } from "./membership-options";
export { membershipProblems, twiceJoinedProblem } from "./membership-rules";
export {
  officialAccount,
  officialMembership,
  officialToken,
  officialVariable,
  variableWords,
  type OfficialFront,
} from "./official/objects";
export {
  accountRefusals,
  membershipRefusals,
  ownerRefusals,
  projectAccountRefusals,
  tokenRefusals,
} from "./official/refusals";
export {
  accountFacts,
  findingProblem,
  membershipFacts,
  policyBelow,
  policyOfFolder,
  providerPolicy,
  readException,
  readOptions,
  refusedRoles,
  refusedScopes,
  tokenFacts,
  type LateRefusal,
  type PolicyException,
  type PolicyOptions,
} from "./policy";
export { lowerThanInherited, type DeclaredMembership } from "./inherited-roles";
export { Role, type RoleLike } from "./role";
export { Rotation, type RotationOptions } from "./rotation";
export { ownerValues, rotationValues } from "./token-values";
export { Scope, type ScopeLike } from "./scope";
export { told, toldAs } from "./told";
export type { AccessTokenOptions } from "./token-options";
export { tokenProblems, twiceNamedProblem, valueNotKeptProblem } from "./token-rules";
