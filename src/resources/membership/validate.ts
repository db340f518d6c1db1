import { dateProblem, parseAccountId, roleInProjectProblem, roleProblem } from "../../model";
import { error, type Diagnostic } from "../../provider/contract";
import { asError, exactlyOne, isSet, known } from "../shared/problems";
import type { MembershipConfig } from "./schema";

export function validateMembership(config: MembershipConfig): Diagnostic[] {
  return [
    ...exactlyOne(config, ["group", "project"]),
    ...exactlyOne(config, ["service_account_id", "user_id"]),
    ...accountErrors(config),
    ...roleErrors(config),
    ...expiryErrors(config),
  ];
}

function accountErrors(config: MembershipConfig): Diagnostic[] {
  const id = known(config.service_account_id);
  if (id === undefined || parseAccountId(id) !== undefined) return [];
  const detail = `service_account_id is the id of a glsa_service_account, such as group:12:345; got "${id}".`;
  return [error(`"${id}" is not the id of a service account`, detail, ["service_account_id"])];
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
