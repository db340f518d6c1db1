import { without } from "../glsa/account";
import type { AccountForm } from "../objects/forms";
import { asNumber, asText, isKnown, known, type Told, type Values } from "../objects/values";

const TOLD = ["group", "project", "username", "name", "email"];
const COMPUTED = ["id", "service_account_id", "timeouts"];

/** A `gitlab_group_service_account`, `gitlab_project_service_account` or `gitlab_instance_service_account`. */
export function officialAccount(values: Values, type: string): AccountForm {
  return {
    userId: userIdOf(values),
    owner: type === "gitlab_instance_service_account" ? "the instance" : containerOf(values),
    username: asText(values["username"]),
    name: asText(values["name"]),
    email: asText(values["email"]),
    onDestroy: "delete",
    settings: without(values, [...TOLD, ...COMPUTED]),
  };
}

/** Its id is the owner's number, a colon and the user's. */
function userIdOf(values: Values): Told<number> {
  const written = asNumber(values["service_account_id"]);
  if (isKnown(written)) return written;
  const last = /(?:^|:)(\d+)$/.exec(known(asText(values["id"])) ?? "")?.[1];
  return last === undefined ? written : Number(last);
}

function containerOf(values: Values): Told<string> {
  for (const kind of ["group", "project"]) {
    const spelling = asText(values[kind]);
    if (isKnown(spelling)) return `${kind} ${spelling}`;
    if (spelling !== null) return spelling;
  }
  return null;
}
