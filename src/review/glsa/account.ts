import type { AccountForm } from "../objects/forms";
import {
  asNumber,
  asText,
  isKnown,
  known,
  UNKNOWN,
  type Told,
  type Values,
} from "../objects/values";
import { parseAccountId } from "../../model";

const TOLD = [
  "group",
  "project",
  "instance",
  "username",
  "name",
  "email",
  "on_destroy",
  "suspended",
];
const COMPUTED = ["id", "user_id", "status"];

/** A `glsa_service_account`. */
export function glsaAccount(values: Values): AccountForm {
  return {
    userId: userIdOf(values),
    owner: ownerOf(values),
    username: asText(values["username"]),
    name: asText(values["name"]),
    email: asText(values["email"]),
    onDestroy: asText(values["on_destroy"]),
    suspended: values["suspended"] ?? null,
    settings: without(values, [...TOLD, ...COMPUTED]),
  };
}

function userIdOf(values: Values): Told<number> {
  const id = parseAccountId(known(asText(values["id"])) ?? "");
  return id?.userId ?? asNumber(values["user_id"]);
}

/** The container as it is written. */
function ownerOf(values: Values): Told<string> {
  if (values["instance"] === true) return "the instance";
  for (const kind of ["group", "project"]) {
    const spelling = asText(values[kind]);
    if (isKnown(spelling)) return `${kind} ${spelling}`;
    if (spelling !== null) return spelling;
  }
  return values["instance"] === UNKNOWN ? UNKNOWN : null;
}

export function without(values: Values, names: readonly string[]): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
}
