export { AccessToken, type AccessTokenOptions, type AccessTokenProps } from "./access-token";
export type { AccountReference } from "./account-reference";
export { InvalidDeclarationError } from "./invalid-declaration-error";
export { Membership, type MembershipOptions, type MembershipProps } from "./membership";
export {
  GlsaAccessToken,
  type GlsaAccessTokenConfig,
  type GlsaAccessTokenRotation,
} from "./raw/access-token";
export type {
  GlsaAccessTokenCiVariable,
  GlsaAccessTokenCommand,
  GlsaAccessTokenDeliverTo,
  GlsaAccessTokenFile,
  GlsaAccessTokenVault,
} from "./raw/access-token-delivery";
export { GlsaAccessTokenPrevious, GlsaAccessTokenPreviousList } from "./raw/access-token-previous";
export {
  DataGlsaServiceAccount,
  type DataGlsaServiceAccountConfig,
} from "./raw/data-service-account";
export { GlsaMembership, type GlsaMembershipConfig } from "./raw/membership";
export { GlsaProvider, type GlsaProviderConfig } from "./raw/provider";
export { GlsaServiceAccount, type GlsaServiceAccountConfig } from "./raw/service-account";
export {
  ServiceAccount,
  type ServiceAccountLookup,
  type ServiceAccountProps,
} from "./service-account";
export type { IServiceAccount } from "./service-account-base";
export {
  AccountOwner,
  Delivery,
  Duration,
  Role,
  Rotation,
  Scope,
  type AccountOnDestroy,
  type AccountTimeouts,
  type CiVariableDelivery,
  type CommandDelivery,
  type ContainerRef,
  type DeclarationProblem,
  type DeliveryDestination,
  type DeliveryOnDestroy,
  type FileDelivery,
  type RotationOptions,
  type VaultDelivery,
} from "../words";
