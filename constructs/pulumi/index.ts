export { AccessToken, type AccessTokenOptions, type AccessTokenProps } from "./access-token";
export type { AccountReference, DeclarationOptions } from "./account-reference";
export { Membership, type MembershipOptions, type MembershipProps } from "./membership";
export { Policy } from "./policy";
export { GlsaProvider, type GlsaProviderConfig } from "./provider";
export * from "./generated";
export { OfficialResource } from "./raw/official";
export {
  ServiceAccount,
  type ServiceAccountLookup,
  type ServiceAccountProps,
} from "./service-account";
export type { IServiceAccount } from "./service-account-base";
export { useOfficialProvider } from "./backend";
export { AccountOwner, Delivery, Duration, Role, Rotation, Scope } from "./words";
export {
  InvalidDeclarationError,
  type AccountOnDestroy,
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
