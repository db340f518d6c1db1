export { CiVariable, type CiVariableOptions } from "./ci-variable";
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
