export type { DeclarationMatchers } from "./augmentation";
export type {
  Declarations,
  DeclaredAccount,
  DeclaredDelivery,
  DeclaredMembership,
  DeclaredToken,
} from "./declarations";
export type {
  ExpectedAccount,
  ExpectedDelivery,
  ExpectedGrant,
  ExpectedToken,
} from "./match/expected";
export { matchers, type MatcherResult, type MatcherState } from "./matchers";
export { recordDeclarations, type RecordOptions } from "./pulumi";
export { declarationsOf } from "./received";
export type { RoleLike, ScopeLike } from "../words";
export type { ResourceMocks } from "./recording";
