import type { Action, PlannedResource } from "./objects/planned-resource";
import type { Others, PlannedActions } from "./review";

const CREATES: readonly Action[] = ["create", "replace", "create-and-forget"];
const DELETES: readonly Action[] = ["delete", "replace"];

/** What the engine itself would count. */
export function plannedActions(
  resources: readonly PlannedResource[],
  others: Others,
): PlannedActions {
  const count = (actions: readonly Action[]) =>
    resources.filter(({ action, isDrift }) => !isDrift && actions.includes(action)).length;
  return {
    create: others.created + count(CREATES),
    update: others.changed + count(["update"]),
    delete: others.deleted + count(DELETES),
  };
}
