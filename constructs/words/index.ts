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
  type CiVariableDelivery,
  type DeliveryDestination,
  type DeliveryOnDestroy,
  type FileDelivery,
} from "./delivery";
export { destinationLabel } from "./delivery-rules";
export type { IsLate } from "./late";
export { membershipProblems } from "./membership-rules";
export { Role } from "./role";
export { Scope } from "./scope";
export { tokenProblems } from "./token-rules";
