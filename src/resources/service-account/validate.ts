import { didYouMean, timeoutProblem, usernameProblem } from "../../model";
import { error, isUnknown, type Diagnostic } from "../../provider/contract";
import { asError, containerErrors, exactlyOne, known, shownNameErrors } from "../shared/problems";
import { ON_DESTROY, type ServiceAccountConfig } from "./schema";

export function validateServiceAccount(config: ServiceAccountConfig): Diagnostic[] {
  return [
    ...exactlyOne(config, ["group", "project", "instance"]),
    ...containerErrors(config),
    ...usernameErrors(config),
    ...shownNameErrors(config.name),
    ...emailErrors(config),
    ...onDestroyErrors(config),
    ...timeoutErrors(config),
  ];
}

function usernameErrors(config: ServiceAccountConfig): Diagnostic[] {
  const username = known(config.username);
  return username === undefined ? [] : asError(usernameProblem(username), ["username"]);
}

function emailErrors(config: ServiceAccountConfig): Diagnostic[] {
  const email = known(config.email);
  if (email === undefined || /^[^\s@]+@[^\s@]+$/.test(email)) return [];
  const detail = `email must have the form name@host; got "${email}". Leave it out to let GitLab generate one.`;
  return [error("malformed-email", `"${email}" is not an email address`, detail, ["email"])];
}

function onDestroyErrors(config: ServiceAccountConfig): Diagnostic[] {
  const written = known(config.on_destroy);
  if (written === undefined || ON_DESTROY.some((choice) => choice === written)) return [];
  const detail = `on_destroy must be delete, disable or retain; got "${written}".${didYouMean(written, ON_DESTROY)}`;
  return [error("unknown-choice", `Unknown on_destroy "${written}"`, detail, ["on_destroy"])];
}

function timeoutErrors(config: ServiceAccountConfig): Diagnostic[] {
  const timeouts = config.timeouts;
  if (timeouts === null || isUnknown(timeouts)) return [];
  return (["create", "delete"] as const).flatMap((name) => {
    const written = known(timeouts[name]);
    if (written === undefined) return [];
    return asError(timeoutProblem(`timeouts.${name}`, written), ["timeouts", name]);
  });
}
