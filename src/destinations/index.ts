export { CiVariable, type CiVariableOptions } from "./ci-variable/ci-variable";
export { DeliveryCommand, type CommandOptions } from "./command/command";
export type {
  Delivered,
  Destination,
  DestinationSettings,
  NewValue,
  Observation,
  Ownership,
  Restore,
} from "./destination";
export { DeliveryError } from "./errors";
export { TokenFile, type FileOptions } from "./file";
export { VaultSecret, type VaultOptions } from "./vault";
