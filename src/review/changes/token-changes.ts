import type { TokenForm } from "../objects/forms";
import type { PlannedToken } from "../objects/planned-object";
import { inWords, isKnown, known, sameValue } from "../objects/values";
import type { Change } from "../review";
import { isByItself } from "./by-itself";
import { teller, type Tell } from "./change";
import { deliveryChanges, deliveryDetails } from "./delivery-changes";
import { endInWords } from "./expiry";
import { objectName } from "./object-name";
import { lifeChanges, lifeInWords } from "./life-changes";
import { isNewGeneration, rotationChanges } from "./rotation-changes";
import {
  deadRevocations,
  heldChanges,
  previousOf,
  revocationChanges,
  revokesAtOnce,
  strayChanges,
} from "./revocation-changes";
import { scopeChanges, scopesInWords } from "./scope-changes";
import { fromTo, settingChanges } from "./settings";
import { waitingChanges } from "./waiting-changes";

export function tokenChanges(object: PlannedToken): Change[] {
  const { resource, before, after } = object;
  const form = after ?? before;
  if (form === null) return [];
  const tell = teller(resource, objectName(object));
  switch (resource.action) {
    case "none":
      return [...heldChanges(form, tell), ...waitingChanges(form, tell)];
    case "update":
      return before && after ? updateChanges(object, before, after, tell) : [];
    case "create":
      return after === null ? [] : [creation(after, tell)];
    case "replace":
    case "create-and-forget":
      return before && after ? replacementChanges(object, before, after, tell) : [];
    case "forget":
      return [tell("setting-changed", "changes", "no longer managed, and kept on the server")];
    case "delete":
      return before === null ? [] : [removal(before, tell, resource.isLeftover)];
  }
}

function creation(after: TokenForm, tell: Tell): Change {
  const powers = after.permissions === null ? "scopes" : "permissions";
  return tell("token-created", "gains", `created with the ${powers}`, {
    to: scopesInWords(after),
    details: [
      sentence(lifeInWords(after)),
      ...deliveryDetails(after, "Delivered"),
      ...stored(after),
    ],
  });
}

function removal(before: TokenForm, tell: Tell, isLeftover: boolean): Change {
  const older = previousOf(before).map(({ tokenId }) => inWords(tokenId));
  const details = [
    ...(older.length === 0
      ? []
      : [`Replaced tokens that still work are revoked too: ${older.join(", ")}.`]),
    ...deliveryDetails(before, "It was delivered"),
    ...(isLeftover ? ["It is left over from a replacement that was interrupted."] : []),
  ];
  const isDead = isKnown(before.status) && before.status !== "active";
  return isDead
    ? tell("token-removed", "changes", `removed; it is ${before.status} already`, { details })
    : tell("token-removed", "destroys", "revoked", { from: scopesInWords(before), details });
}

function replacementChanges(
  { resource }: PlannedToken,
  before: TokenForm,
  after: TokenForm,
  tell: Tell,
): Change[] {
  const order = resource.createsFirst
    ? "a new one is made, then the old one is revoked without overlap"
    : "revoked, then made anew: nobody has a working one in between";
  const isKept = resource.action === "create-and-forget";
  return [
    isKept
      ? tell(
          "token-replaced",
          "changes",
          "another one is made; the old one stays, no longer managed",
        )
      : tell("token-replaced", "destroys", order),
    ...differences(before, after, tell),
  ];
}

function updateChanges(
  object: PlannedToken,
  before: TokenForm,
  after: TokenForm,
  tell: Tell,
): Change[] {
  if (object.isKilledInPlace) return killedInPlace(before, after, tell);
  const effect = isByItself(object.resource) ? "routine" : "changes";
  return [
    ...differences(before, after, tell, isOfUnknownValue(object, before, after)),
    ...keeperChanges(before, after, tell),
    ...rotationChanges(before, after, effect, tell),
    ...revocationChanges(before, after, tell),
    ...heldChanges(before, tell),
    ...(isNewGeneration(before, after) ? [] : waitingChanges(before, tell)),
    ...strayChanges(before, tell),
    ...(isNewGeneration(before, after) ? leakedChanges(before, after, tell) : []),
    ...revokeNowChanges(before, after, tell),
  ].map((change) => (effect === "routine" ? { ...change, effect } : change));
}

/** Something else made the token that stays, so that glsa has no value to deliver until it makes the next. */
function isOfUnknownValue(
  { resource }: PlannedToken,
  before: TokenForm,
  after: TokenForm,
): boolean {
  const isForeign = resource.isImported || (resource.before?.["fingerprint"] ?? null) === null;
  return resource.type === "glsa_access_token" && isForeign && !isNewGeneration(before, after);
}

function killedInPlace(before: TokenForm, after: TokenForm, tell: Tell): Change[] {
  const ends = { from: endInWords(before.expiresAt), to: endInWords(after.expiresAt) };
  const isSame = sameValue(before.expiresAt, after.expiresAt);
  return [
    tell("token-killed-in-place", "destroys", "rotated without overlap", {
      ...(!isSame && ends),
      details: ["The old value stops working at once, wherever it is used."],
    }),
    ...differences({ ...before, expiresAt: after.expiresAt }, after, tell),
  ];
}

/** The declared values. */
function differences(before: TokenForm, after: TokenForm, tell: Tell, isLater = false): Change[] {
  const name = sameValue(before.name, after.name)
    ? []
    : [tell("setting-changed", "changes", "name", fromTo(before.name, after.name))];
  const isRenewed = isNewGeneration(before, after);
  return [
    ...scopeChanges(before, after, tell),
    ...lifeChanges(before, after, tell),
    ...deliveryChanges(before, after, { tell, isLater, isRenewed }),
    ...name,
    ...settingChanges(before.settings, after.settings, tell).map((change) => withPower(change)),
  ];
}

/** Readers of the state get the token. */
function withPower(change: Change): Change {
  if (change.summary !== "store_value" || change.to !== "true") return change;
  const details = ["The value is kept in the state, in clear text."];
  return { ...change, effect: "gains", details };
}

function stored({ settings }: TokenForm): string[] {
  return settings["store_value"] === true ? ["The value is kept in the state, in clear text."] : [];
}

function keeperChanges(before: TokenForm, after: TokenForm, tell: Tell): Change[] {
  if (sameValue(before.keepers, after.keepers)) return [];
  const [had, has] = [before, after].map(({ keepers }) => (keepers === null ? {} : known(keepers)));
  if (had === undefined || has === undefined) {
    return [tell("setting-changed", "changes", "keepers")];
  }
  return settingChanges(had, has, tell, { prefix: "keeper " });
}

function leakedChanges(before: TokenForm, after: TokenForm, tell: Tell): Change[] {
  if (!revokesAtOnce(before, after)) return [];
  const token = `token ${inWords(before.tokenId)}`;
  return [tell("revocation-due", "loses", `${token} is revoked at once (revoke_now)`)];
}

/** Where the list names nothing that lives, it changes and does nothing. */
function revokeNowChanges(before: TokenForm, after: TokenForm, tell: Tell): Change[] {
  const isTold = sameValue(before.revokeNow, after.revokeNow) || !deadRevocations(before, after);
  const lists = fromTo(known(before.revokeNow) ?? null, known(after.revokeNow) ?? null);
  return isTold ? [] : [tell("setting-changed", "changes", "revoke_now", lists)];
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
