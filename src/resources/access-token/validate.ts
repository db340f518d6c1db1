import { dateProblem, LONGEST_DESCRIPTION, scopeProblem } from "../../model";
import { error, isUnknown, type AttributePath, type Diagnostic } from "../../provider/contract";
import { accountIdErrors, asError, exactlyOne, known } from "../shared/problems";
import type { AccessTokenConfig, CiVariableConfig, DeliveryConfig, FileConfig } from "./schema";

const LONGEST_NAME = 255;

export function validateAccessToken(config: AccessTokenConfig): Diagnostic[] {
  return [
    ...accountIdErrors(config.service_account_id),
    ...nameErrors(config),
    ...scopeErrors(config),
    ...exactlyOne(config, ["expires_at", "never_expires"]),
    ...expiryErrors(config),
    ...destinationErrors(config),
  ];
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

function destinationErrors(config: AccessTokenConfig): Diagnostic[] {
  const { deliver_to: entries, store_value: stored } = config;
  if (isUnknown(entries)) return [];
  if ((entries === null || entries.length === 0) && stored !== true && !isUnknown(stored)) {
    return [
      error(
        "The token's value would go nowhere",
        "GitLab shows a value once. Name a destination in deliver_to, or set store_value = true to keep it in the state.",
        ["deliver_to"],
      ),
    ];
  }
  return (entries ?? []).flatMap((entry, at) =>
    isUnknown(entry) ? [] : entryErrors(entry, ["deliver_to", at]),
  );
}

function entryErrors(entry: DeliveryConfig, path: AttributePath): Diagnostic[] {
  const kinds = exactlyOne(entry, ["ci_variable", "file"]).map((problem) => ({ ...problem, path }));
  if (kinds.length > 0) return kinds;
  const { ci_variable: variable, file } = entry;
  return [
    ...(variable === null || isUnknown(variable)
      ? []
      : variableErrors(variable, [...path, "ci_variable"])),
    ...(file === null || isUnknown(file) ? [] : fileErrors(file, [...path, "file"])),
  ];
}

function variableErrors(variable: CiVariableConfig, path: AttributePath): Diagnostic[] {
  const errors = exactlyOne(variable, ["project", "group"]).map((problem) => ({
    ...problem,
    path,
  }));
  const key = known(variable.key);
  if (key !== undefined && !/^[A-Za-z0-9_]{1,255}$/.test(key)) {
    const detail = `key must have 1 to 255 letters, digits and underscores; got "${key}".`;
    errors.push({
      ...error(`"${key}" cannot be a variable's key`, detail),
      path: [...path, "key"],
    });
  }
  if (variable.hidden === true && variable.masked === false) {
    const detail = "GitLab hides only masked variables. Remove masked = false.";
    errors.push({ ...error("A hidden variable is masked too", detail), path: [...path, "masked"] });
  }
  return [...errors, ...onDestroyErrors(variable.on_destroy, path)];
}

function fileErrors(file: FileConfig, path: AttributePath): Diagnostic[] {
  const mode = known(file.mode);
  const errors = onDestroyErrors(file.on_destroy, path);
  if (mode !== undefined && !/^0?[0-7]{3}$/.test(mode)) {
    const detail = `mode must be octal permissions such as 0600; got "${mode}".`;
    errors.push(error(`"${mode}" is not a file mode`, detail, [...path, "mode"]));
  }
  if (known(file.path)?.trim() === "") {
    errors.push(
      error("A file needs a path", "path is empty. Write where the value shall go.", [
        ...path,
        "path",
      ]),
    );
  }
  return errors;
}

function onDestroyErrors(
  written: CiVariableConfig["on_destroy"],
  path: AttributePath,
): Diagnostic[] {
  const choice = known(written);
  if (choice === undefined || choice === "remove" || choice === "keep") return [];
  const detail = `on_destroy must be remove or keep; got "${choice}".`;
  return [error(`Unknown on_destroy "${choice}"`, detail, [...path, "on_destroy"])];
}
