export { AccessToken, type AccessTokenOptions, type AccessTokenProps } from "./access-token";
export type { AccountReference } from "./account-reference";
export { Membership, type MembershipOptions, type MembershipProps } from "./membership";
export { Policy } from "./policy";
export * from "./generated";
export { OfficialDataSource, OfficialResource } from "./raw/official";
export { GlsaProvider, type GlsaProviderConfig } from "./raw/provider";
export {
  ServiceAccount,
  type ServiceAccountLookup,
  type ServiceAccountProps,
} from "./service-account";
export type { IServiceAccount } from "./service-account-base";
export type { TakeOverOptions } from "./take-over-options";
export {
  AccountOwner,
  Delivery,
  Duration,
  InvalidDeclarationError,
  Role,
  Rotation,
  Scope,
  type AccountOnDestroy,
  type AccountOptions,
  type AccountTimeouts,
  type ContainerRef,
  type DeclarationProblem,
  type PolicyException,
  type PolicyOptions,
  type RoleLike,
  type RotationOptions,
  type ScopeLike,
} from "../words";
export type * from "../words/delivery/generated";
