import type { PlannedObject } from "../objects/planned-object";
import { inWords } from "../objects/values";
import type { Change, ChangeKind } from "../review";
import { teller } from "./change";
import { objectName } from "./object-name";
import { fromTo } from "./settings";

const GONE: Readonly<Record<PlannedObject["kind"], ChangeKind>> = {
  account: "account-deleted",
  token: "token-removed",
  membership: "membership-removed",
};

const FOUND =
  "It is so already, by what somebody did outside of this code: the apply only notes it in the state.";

/** What a plan finds changed and does nothing about, such as one with -refresh-only. */
export function driftChanges(object: PlannedObject, changes: readonly Change[]): Change[] {
  const { resource, kind } = object;
  const tell = teller(resource, objectName(object));
  if (resource.action === "delete") {
    return [tell(GONE[kind], "destroys", "gone", { details: [FOUND] })];
  }
  const { before, after } = resource;
  const [was, is] = [before?.["status"] ?? null, after?.["status"] ?? null];
  const status =
    inWords(was) === inWords(is)
      ? []
      : [tell("setting-changed", "changes", "status", fromTo(was, is))];
  return [...status, ...changes].map((change) => ({
    ...change,
    details: [...change.details, FOUND],
  }));
}
