import { posix } from "node:path";
import type { Problem } from "../../src/model";
import { pathWord } from "./address";
import { choiceProblems, containerProblems, exactlyOne, ruleProblems } from "./common-rules";
import { at, type DeclarationProblem } from "./declaration-problem";
import type { CiVariableDelivery, DeliveryDestination, FileDelivery } from "./delivery";
import type { IsLate } from "./late";

const ON_DESTROY = ["remove", "keep"];
const LONGEST_VARIABLE_KEY = 255;

/** What is wrong with a destination. */
export function deliveryProblems(
  property: string,
  { ciVariable, file }: DeliveryDestination,
  isLate: IsLate,
): DeclarationProblem[] {
  return [
    ...(ciVariable === undefined ? [] : ciVariableProblems(property, ciVariable, isLate)),
    ...(file === undefined ? [] : fileProblems(property, file, isLate)),
  ];
}

/** The same for two destinations of which one would overwrite the other. */
export function destinationLabel(
  { ciVariable, file }: DeliveryDestination,
  spell: (value: string | number) => string,
): string {
  if (ciVariable !== undefined) {
    const { project, group, key, environmentScope } = ciVariable;
    const container = pathWord(spell(project ?? group ?? ""));
    const scope = environmentScope === undefined ? "*" : spell(environmentScope);
    const environments = scope === "*" ? "" : ` (environment scope "${scope}")`;
    const kind = project === undefined ? "group" : "project";
    return `CI/CD variable "${spell(key)}" of ${kind} "${container}"${environments}`;
  }
  return `file "${posix.normalize(spell(file?.path ?? ""))}"`;
}

function ciVariableProblems(
  property: string,
  variable: CiVariableDelivery,
  isLate: IsLate,
): DeclarationProblem[] {
  const { project, group, key, environmentScope, onDestroy } = variable;
  return [
    ...exactlyOne(
      { [`${property}.project`]: project, [`${property}.group`]: group },
      "A variable belongs to one of them: declare a delivery for each.",
    ),
    ...containerProblems(`${property}.project`, project, isLate),
    ...containerProblems(`${property}.group`, group, isLate),
    ...ruleProblems(`${property}.key`, key, variableKeyProblem, isLate),
    ...ruleProblems(
      `${property}.environmentScope`,
      environmentScope,
      environmentScopeProblem,
      isLate,
    ),
    ...maskingProblems(property, variable),
    ...choiceProblems(`${property}.onDestroy`, onDestroy, ON_DESTROY, isLate),
  ];
}

/** @see https://docs.gitlab.com/ci/variables/#define-a-cicd-variable-in-the-ui */
function variableKeyProblem(key: string): Problem | undefined {
  if (/^[A-Za-z0-9_]+$/.test(key) && key.length <= LONGEST_VARIABLE_KEY) return undefined;
  const suggestion = key.replace(/[^A-Za-z0-9_]+/g, "_").slice(0, LONGEST_VARIABLE_KEY);
  return {
    summary: `"${key}" cannot name a CI/CD variable`,
    detail: `It must have 1 to ${LONGEST_VARIABLE_KEY} letters, digits and underscores; got "${key}". Write "${suggestion || "DEPLOY_TOKEN"}".`,
  };
}

function environmentScopeProblem(scope: string): Problem | undefined {
  if (/^[A-Za-z0-9_/${}.* -]+$/.test(scope)) return undefined;
  return {
    summary: `"${scope}" is not an environment scope`,
    detail: `It must have only letters, digits, blanks and - _ / $ { } . *; got "${scope}". Write an environment's name, review/* for many, or leave it out for all.`,
  };
}

function maskingProblems(
  property: string,
  { hidden, masked }: CiVariableDelivery,
): DeclarationProblem[] {
  if (hidden !== true || masked !== false) return [];
  return at(`${property}.masked`, {
    summary: "A hidden variable is always masked",
    detail: "hidden is true, and masked is false. Leave masked out, or set hidden to false.",
  });
}

function fileProblems(
  property: string,
  { path, mode, onDestroy }: FileDelivery,
  isLate: IsLate,
): DeclarationProblem[] {
  return [
    ...ruleProblems(`${property}.path`, path, filePathProblem, isLate),
    ...ruleProblems(`${property}.mode`, mode, fileModeProblem, isLate),
    ...choiceProblems(`${property}.onDestroy`, onDestroy, ON_DESTROY, isLate),
  ];
}

function filePathProblem(path: string): Problem | undefined {
  if (path.trim() !== "" && !path.endsWith("/")) return undefined;
  return {
    summary: `"${path}" is not the path of a file`,
    detail: `It must name a file in a folder that exists; got "${path}". Write such as "secrets/deploy-token".`,
  };
}

function fileModeProblem(mode: string): Problem | undefined {
  if (/^0?[0-7]{3}$/.test(mode)) return undefined;
  return {
    summary: `"${mode}" is not a file mode`,
    detail: `It must be three octal digits, with or without a zero before them; got "${mode}". Write "0600", which lets nobody else read the file.`,
  };
}
