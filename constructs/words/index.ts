export { AccountOwner, type ContainerRef } from "./account-owner";
export {
  ACCOUNT_ON_DESTROY,
  accountProblems,
  type AccountOnDestroy,
  type AccountTimeouts,
} from "./account-rules";
export { addressOf, pathWord } from "./address";
export { at, problemText, type DeclarationProblem } from "./declaration-problem";
export { defaultDescription, defaultUsername } from "./defaults";
export {
  Delivery,
  destinationLabel,
  type CiVariableDelivery,
  type CommandDelivery,
  type DeliveryDestination,
  type DeliveryOnDestroy,
  type FileDelivery,
  type VaultDelivery,
} from "./delivery";
export { Duration } from "./duration";
export type { IsLate, Spell } from "./late";
export { membershipProblems } from "./membership-rules";
export { Role } from "./role";
export { Rotation, type RotationOptions } from "./rotation";
export { Scope } from "./scope";
export { tokenProblems } from "./token-rules";
