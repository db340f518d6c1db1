import type { PlannedObject } from "../objects/planned-object";
import type { Change } from "../review";
import { accountChanges } from "./account-changes";
import { differingAttributes } from "./by-itself";
import { teller } from "./change";
import { driftChanges } from "./drift-changes";
import { membershipChanges } from "./membership-changes";
import { objectName } from "./object-name";
import { tokenChanges } from "./token-changes";

/** Everything that a plan does with one object. */
export function objectChanges(object: PlannedObject, goneMeanwhile: ReadonlySet<string>): Change[] {
  const { resource } = object;
  const changes = withHistory(ownChanges(object), resource.address, goneMeanwhile);
  const all = [...importChanges(object), ...moveChanges(object), ...changes];
  if (resource.isDrift) return driftChanges(object, all);
  if (resource.action !== "update" || all.length > 0) return all;
  const names = differingAttributes(resource).join(", ") || "nothing";
  const tell = teller(resource, objectName(object));
  return [
    tell("setting-changed", "routine", `only what its provider notes down differs: ${names}`),
  ];
}

function ownChanges(object: PlannedObject): Change[] {
  switch (object.kind) {
    case "account":
      return accountChanges(object);
    case "token":
      return tokenChanges(object);
    case "membership":
      return membershipChanges(object);
  }
}

function importChanges(object: PlannedObject): Change[] {
  if (!object.resource.isImported) return [];
  const tell = teller(object.resource, objectName(object));
  switch (object.kind) {
    case "account":
      return [tell("account-imported", "changes", "imported")];
    case "token":
      return [tell("token-imported", "changes", "imported")];
    case "membership":
      return [tell("setting-changed", "changes", "imported")];
  }
}

function moveChanges(object: PlannedObject): Change[] {
  const { previousAddress: from } = object.resource;
  if (from === undefined) return [];
  return [
    teller(object.resource, objectName(object))("address-changed", "routine", "moved in the code", {
      from,
    }),
  ];
}

/** Explains that an object is created again because it was deleted outside of the code. */
function withHistory(
  changes: readonly Change[],
  address: string,
  gone: ReadonlySet<string>,
): Change[] {
  if (!gone.has(address)) return [...changes];
  const detail = "The one before does not exist any more: it was deleted outside of this code.";
  return changes.map((change) =>
    change.kind.endsWith("-created") || change.kind === "membership-added"
      ? { ...change, details: [...change.details, detail] }
      : change,
  );
}
