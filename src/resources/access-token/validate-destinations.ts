import { timeoutProblem } from "../../model";
import {
  error,
  isUnknown,
  type AttributePath,
  type Diagnostic,
  type Unknown,
} from "../../provider/contract";
import { asError, containerErrors, exactlyOne, known } from "../shared/problems";
import type {
  CiVariableConfig,
  CommandConfig,
  DeliveryConfig,
  FileConfig,
  VaultConfig,
} from "./delivery-schema";
import type { AccessTokenConfig } from "./schema";

/** What is wrong with `deliver_to`, and with having none. */
export function destinationErrors(config: AccessTokenConfig): Diagnostic[] {
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
  const kinds = exactlyOne(entry, ["ci_variable", "file", "vault", "command"]).map((problem) => ({
    ...problem,
    path,
  }));
  if (kinds.length > 0) return kinds;
  const { ci_variable: variable, file, vault, command } = entry;
  if (isGiven(variable)) return variableErrors(variable, [...path, "ci_variable"]);
  if (isGiven(file)) return fileErrors(file, [...path, "file"]);
  if (isGiven(vault)) return vaultErrors(vault, [...path, "vault"]);
  if (isGiven(command)) return commandErrors(command, [...path, "command"]);
  return [];
}

function isGiven<T extends object>(value: T | Unknown | null): value is T {
  return value !== null && !isUnknown(value);
}

function vaultErrors(vault: VaultConfig, path: AttributePath): Diagnostic[] {
  const errors = onDestroyErrors(vault.on_destroy, path);
  const address = known(vault.address);
  if (address !== undefined && !/^https?:\/\/\S+$/.test(address)) {
    const detail = `address must be a URL such as https://vault.example.com:8200; got "${address}".`;
    errors.push(error(`"${address}" is not Vault's address`, detail, [...path, "address"]));
  }
  for (const name of ["mount", "path", "field"] as const) {
    if (known(vault[name])?.trim() !== "") continue;
    errors.push(error(`${name} is empty`, `Write the ${name} of the secret.`, [...path, name]));
  }
  return errors;
}

function commandErrors(command: CommandConfig, path: AttributePath): Diagnostic[] {
  const errors = asError(
    typeof command.timeout === "string" ? timeoutProblem("timeout", command.timeout) : undefined,
    [...path, "timeout"],
  );
  for (const name of ["argv", "check_argv", "remove_argv"] as const) {
    const argv = command[name];
    if (argv === null || isUnknown(argv) || (argv.length > 0 && argv[0] !== "")) continue;
    errors.push(
      error(`${name} names no program`, "Write the program and its arguments as a list.", [
        ...path,
        name,
      ]),
    );
  }
  return errors;
}

function variableErrors(variable: CiVariableConfig, path: AttributePath): Diagnostic[] {
  const errors: Diagnostic[] = exactlyOne(variable, ["project", "group"]).map((problem) => ({
    ...problem,
    path,
  }));
  errors.push(...containerErrors(variable, path));
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
