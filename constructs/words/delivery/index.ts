export {
  deliveryValues,
  destinationLabel,
  destinationProblems,
  destinationSettings,
} from "./destinations";
export * from "./generated";
