import { dateProblem, daysProblem, LONGEST_DESCRIPTION, scopeProblem } from "../../model";
import { error, isUnknown, type Diagnostic } from "../../provider/contract";
import type { Context } from "../shared/context";
import { accountIdErrors, asError, exactlyOne, known } from "../shared/problems";
import { DURATIONS, policyOf, policyProblem } from "./policy";
import type { AccessTokenConfig } from "./schema";
import { destinationErrors } from "./validate-destinations";

const LONGEST_NAME = 255;

export function validateAccessToken(config: AccessTokenConfig, context?: Context): Diagnostic[] {
  return [
    ...accountIdErrors(config.service_account_id),
    ...nameErrors(config),
    ...scopeErrors(config),
    ...exactlyOne(config, ["expires_at", "rotation", "never_expires"]),
    ...expiryErrors(config),
    ...rotationErrors(config),
    ...destinationErrors(config),
    ...(context === undefined ? [] : twinErrors(config, context)),
  ];
}

function twinErrors(config: AccessTokenConfig, { claims }: Context): Diagnostic[] {
  const accountId = known(config.service_account_id);
  const name = known(config.name);
  if (accountId === undefined || name === undefined) return [];
  if (claims.declareToken(accountId, name)) return [];
  return [
    error(
      `Two tokens "${name}" of ${accountId} are declared`,
      "They would take each other's tokens for their own and revoke them. Give one another name, or remove it.",
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

function nameErrors(config: AccessTokenConfig): Diagnostic[] {
  const name = known(config.name);
  const description = known(config.description);
  const errors: Diagnostic[] = [];
  if (name !== undefined && (name.trim() === "" || name.length > LONGEST_NAME)) {
    const detail = `name must have 1 to ${LONGEST_NAME} characters; got ${name.length}.`;
    errors.push(error("A token needs a name", detail, ["name"]));
  }
  if (description !== undefined && description.length > LONGEST_DESCRIPTION) {
    const detail =
      `description must have at most ${LONGEST_DESCRIPTION} characters, since GitLab keeps 255 and glsa adds its marker; ` +
      `got ${description.length}. Shorten it.`;
    errors.push(error("The description is too long", detail, ["description"]));
  }
  return errors;
}

function scopeErrors({ scopes }: AccessTokenConfig): Diagnostic[] {
  if (isUnknown(scopes)) return [];
  if (scopes.length === 0) {
    const detail =
      "A token without a scope can do nothing, and GitLab refuses it. Name at least one.";
    return [error("No scope is given", detail, ["scopes"])];
  }
  return scopes.flatMap((scope) =>
    typeof scope === "string" ? asError(scopeProblem(scope), ["scopes"]) : [],
  );
}

function expiryErrors(config: AccessTokenConfig): Diagnostic[] {
  const expiresAt = known(config.expires_at);
  return expiresAt === undefined
    ? []
    : asError(dateProblem("expires_at", expiresAt), ["expires_at"]);
}
