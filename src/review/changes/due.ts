import { compareText } from "../../model";
import type { PlannedObject } from "../objects/planned-object";
import type { PlannedResource } from "../objects/planned-resource";
import { asText, known } from "../objects/values";
import { isByItself } from "./by-itself";
import { isDue, isNewGeneration } from "./rotation-changes";

/** Whether a token is due and its declaration has another change, too. */
export function dueAndEdited(object: PlannedObject): boolean {
  if (object.kind !== "token" || isByItself(object.resource)) return false;
  const { before, after } = object;
  return before !== null && after !== null && isNewGeneration(before, after) && isDue(after);
}

/** Tokens by the day on which the present one ends; one that never does, and an unknown day, come last. */
export function soonestFirst(tokens: readonly PlannedResource[]): PlannedResource[] {
  const endOf = ({ before }: PlannedResource) => known(asText(before?.["valid_until"])) ?? "~";
  return [...tokens].sort((left, right) => compareText(endOf(left), endOf(right)));
}
