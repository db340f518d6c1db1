export type { CiVariableDelivery } from "./ci-variable";
export type { CommandDelivery } from "./command";
export { Delivery, type DeliveryDestination } from "./delivery";
export { destinationLabel, destinationProblems } from "./destination-rules";
export type { FileDelivery } from "./file";
export type { DeliveryOnDestroy } from "./on-destroy";
export type { VaultDelivery } from "./vault";
