import type { AccountReference, MembershipForm } from "../objects/forms";
import { asNumber, asText, isKnown, known, type Told, type Values } from "../objects/values";
import { parseAccountId, parseMembershipId, type Owner } from "../../model";
import { without } from "./account";

const TOLD = [
  "service_account_id",
  "user_id",
  "group",
  "project",
  "role",
  "custom_role_id",
  "expires_at",
];
const COMPUTED = ["id", "status"];

/** A `glsa_membership`. */
export function glsaMembership(values: Values): MembershipForm {
  return {
    account: memberOf(values),
    place: placeOf(values),
    role: asText(values["role"]),
    customRole: asNumber(values["custom_role_id"]),
    expiresAt: asText(values["expires_at"]),
    status: asText(values["status"]),
    removesBelow: values["remove_memberships_below"] === true,
    settings: without(values, [...TOLD, ...COMPUTED]),
  };
}

function memberOf(values: Values): AccountReference {
  const attribute = "service_account_id";
  const written = asText(values[attribute]);
  if (isKnown(written)) return referenceTo(written, attribute);
  const membership = parseMembershipId(known(asText(values["id"])) ?? "");
  const userId = membership?.userId ?? asNumber(values["user_id"]);
  return { userId, attribute: written === null ? "user_id" : attribute };
}

/** What an account's id tells. */
export function referenceTo(accountId: string, attribute: string): AccountReference {
  const id = parseAccountId(accountId);
  if (id === undefined) return { userId: null, attribute };
  return { userId: id.userId, owner: ownerInWords(id.owner), attribute };
}

function ownerInWords(owner: Owner): string {
  return owner.kind === "instance" ? "the instance" : `${owner.kind} ${owner.id}`;
}

function placeOf(values: Values): Told<string> {
  const group = asText(values["group"]);
  return group === null ? asText(values["project"]) : group;
}
