import type { PlannedObject } from "../objects/planned-object";
import type { Change } from "../review";
import { accountChanges } from "./account-changes";
import { differingAttributes } from "./by-itself";
import { teller, type Tell } from "./change";
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
  const differing = differingAttributes(resource);
  const tell = teller(resource, objectName(object));
  if (differing.some((name) => ACCOUNT_REFERENCES.has(name))) return [accountOpen(tell)];
  const names = differing.join(", ") || "nothing";
  return [
    tell("setting-changed", "routine", `only what its provider notes down differs: ${names}`),
  ];
}

const ACCOUNT_REFERENCES: ReadonlySet<string> = new Set(["service_account_id", "user_id"]);

/** As where the account itself is replaced: whether the object stays is known only when the apply knows the account. */
function accountOpen(tell: Tell): Change {
  return tell("setting-changed", "changes", "whose it is, is known only in the apply", {
    details: [
      "If it is another account, this object ended with the old one: the apply stops there, and the next one creates it again.",
    ],
  });
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
