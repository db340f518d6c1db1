import { dateProblem, daysProblem } from "../../model";
import { error, isUnknown, type Diagnostic } from "../../provider/contract";
import { accountLabel } from "../shared/account-label";
import type { Context } from "../shared/context";
import { accountIdErrors, asError, exactlyOne, known } from "../shared/problems";
import { DURATIONS, policyOf, policyProblem } from "./policy";
import { EXPIRIES, type AccessTokenConfig } from "./schema";
import { destinationErrors } from "./validate-destinations";
import { descriptionErrors, nameErrors, scopeErrors } from "./validate-words";

export function validateAccessToken(config: AccessTokenConfig, context?: Context): Diagnostic[] {
  return [
    ...accountIdErrors(config.service_account_id),
    ...nameErrors(config.name),
    ...descriptionErrors(config.description),
    ...scopeErrors(config.scopes),
    ...exactlyOne(config, EXPIRIES),
    ...expiryErrors(config),
    ...rotationErrors(config),
    ...destinationErrors(config),
    ...(context === undefined ? [] : twinErrors(config, context)),
  ];
}

function twinErrors(config: AccessTokenConfig, context: Context): Diagnostic[] {
  const accountId = known(config.service_account_id);
  const name = known(config.name);
  if (accountId === undefined || name === undefined) return [];
  if (context.claims.declare(`token ${accountId} ${name}`)) return [];
  return [
    error(
      "repeated-token-name",
      `Two tokens "${name}" of ${accountLabel(accountId, context)} are declared`,
      "They would treat each other's tokens as their own and revoke them. Rename one of them, or remove it.",
      ["name"],
    ),
  ];
}

function rotationErrors({ rotation }: AccessTokenConfig): Diagnostic[] {
  if (rotation === null || isUnknown(rotation)) return [];
  const errors = DURATIONS.flatMap((attribute) => {
    const text = known(rotation[attribute]);
    if (text === undefined) return [];
    return asError(daysProblem(attribute, text), ["rotation", attribute]);
  });
  if (errors.length > 0) return errors;
  const found = policyProblem(policyOf(rotation));
  return found === undefined ? [] : asError(found.problem, found.path);
}

function expiryErrors(config: AccessTokenConfig): Diagnostic[] {
  const expiresAt = known(config.expires_at);
  return expiresAt === undefined
    ? []
    : asError(dateProblem("expires_at", expiresAt), ["expires_at"]);
}
