import { dateProblem, roleInProjectProblem, roleProblem } from "../../model";
import type { Diagnostic } from "../../provider/contract";
import {
  accountIdErrors,
  asError,
  containerErrors,
  exactlyOne,
  isSet,
  known,
} from "../shared/problems";
import type { MembershipConfig } from "./schema";

export function validateMembership(config: MembershipConfig): Diagnostic[] {
  return [
    ...exactlyOne(config, ["group", "project"]),
    ...exactlyOne(config, ["service_account_id", "user_id"]),
    ...accountIdErrors(config.service_account_id),
    ...placeErrors(config),
  ];
}

/** What is wrong with where it is, as what, and until when. */
export function placeErrors(config: MembershipConfig): Diagnostic[] {
  return [...containerErrors(config), ...roleErrors(config), ...expiryErrors(config)];
}

function roleErrors(config: MembershipConfig): Diagnostic[] {
  const role = known(config.role);
  if (role === undefined) return [];
  const unknownRole = asError(roleProblem(role), ["role"]);
  if (unknownRole.length > 0 || !isSet(config.project)) return unknownRole;
  return asError(roleInProjectProblem(role), ["role"]);
}

function expiryErrors(config: MembershipConfig): Diagnostic[] {
  const expiresAt = known(config.expires_at);
  return expiresAt === undefined
    ? []
    : asError(dateProblem("expires_at", expiresAt), ["expires_at"]);
}
