import type { Action } from "../objects/planned-resource";
import type { UnknownAction } from "../unknown-action";
import type { PlanDocument } from "./document";

/** Every list of actions that an engine writes. */
const ACTIONS: ReadonlyMap<string, Action> = new Map([
  ["no-op", "none"],
  ["read", "none"],
  // An ephemeral resource's.
  ["open", "none"],
  ["create", "create"],
  ["update", "update"],
  ["delete", "delete"],
  ["delete,create", "replace"],
  ["create,delete", "replace"],
  ["forget", "forget"],
  ["create,forget", "create-and-forget"],
  ["forget,create", "create-and-forget"],
]);

export function actionOf(actions: readonly string[]): Action {
  const action = ACTIONS.get(actions.join());
  if (action === undefined) throw new Error(`an unknown action was not refused: ${actions.join()}`);
  return action;
}

export function unknownActions(document: PlanDocument): UnknownAction[] {
  const all = [...(document.resource_changes ?? []), ...(document.resource_drift ?? [])];
  return all
    .filter(({ change }) => !ACTIONS.has(change.actions.join()))
    .map(({ change, address }) => ({ action: change.actions, address }));
}
