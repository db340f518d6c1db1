import { LONGEST_DESCRIPTION, scopeProblem } from "../../model";
import { error, isUnknown, type Diagnostic } from "../../provider/contract";
import { asError, known, shownNameErrors } from "../shared/problems";
import type { AccessTokenConfig } from "./schema";

const LONGEST_NAME = 255;

export function nameErrors(written: AccessTokenConfig["name"]): Diagnostic[] {
  const name = known(written);
  if (name === undefined) return [];
  if (name !== "" && name.length <= LONGEST_NAME) return shownNameErrors(name);
  const detail = `name must have 1 to ${LONGEST_NAME} characters; got ${name.length}.`;
  return [error("missing-token-name", "A token needs a name", detail, ["name"])];
}

export function descriptionErrors(written: AccessTokenConfig["description"]): Diagnostic[] {
  const description = known(written);
  if (description === undefined || description.length <= LONGEST_DESCRIPTION) return [];
  const detail =
    `description must have at most ${LONGEST_DESCRIPTION} characters, since GitLab keeps 255 and glsa adds its marker; ` +
    `got ${description.length}. Shorten it.`;
  return [error("text-too-long", "The description is too long", detail, ["description"])];
}

export function scopeErrors(scopes: AccessTokenConfig["scopes"]): Diagnostic[] {
  if (isUnknown(scopes)) return [];
  if (scopes.length === 0) {
    const detail =
      "A token without a scope can do nothing, and GitLab refuses it. Name at least one.";
    return [error("missing-scopes", "No scope is given", detail, ["scopes"])];
  }
  return scopes.flatMap((scope) =>
    typeof scope === "string" ? asError(scopeProblem(scope), ["scopes"]) : [],
  );
}
