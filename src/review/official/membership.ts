import { without } from "../glsa/account";
import type { MembershipForm } from "../objects/forms";
import {
  asNumber,
  asText,
  isKnown,
  known,
  type Told,
  type Value,
  type Values,
} from "../objects/values";

const TOLD = [
  "group",
  "group_id",
  "project",
  "project_id",
  "user_id",
  "access_level",
  "member_role_id",
  "expires_at",
];

/** How the official provider spells base roles that have another name. */
const ROLES: { readonly [spelling: string]: string } = { minimal: "minimal_access" };

/** A `gitlab_group_membership` or `gitlab_project_membership`. */
export function officialMembership(values: Values): MembershipForm {
  const role = asText(values["access_level"]);
  return {
    account: { userId: userIdOf(values), attribute: "user_id" },
    place: first(values, ["group", "group_id", "project", "project_id"]),
    role: isKnown(role) ? (ROLES[role] ?? role) : role,
    customRole: asNumber(values["member_role_id"]),
    expiresAt: nothingForEmpty(values["expires_at"]),
    status: null,
    removesBelow: values["skip_subresources_on_destroy"] === false,
    settings: without(values, [...TOLD, "id"]),
  };
}

function userIdOf(values: Values): Told<number> {
  const written = asNumber(values["user_id"]);
  if (written !== null) return written;
  const last = /:(\d+)$/.exec(known(asText(values["id"])) ?? "")?.[1];
  return last === undefined ? null : Number(last);
}

function first(values: Values, names: readonly string[]): Told<string> {
  const found = names.map((name) => asText(values[name])).find((value) => value !== null);
  return found ?? null;
}

/** The provider keeps an attribute that nobody wrote as an empty text. */
export function nothingForEmpty(value: Value | undefined): Told<string> {
  return value === "" ? null : asText(value);
}
