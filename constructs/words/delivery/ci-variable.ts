import type { ContainerRef } from "../account-owner";
import { pathWord, type Problem } from "../../../src/model";
import { containerProblems, exactlyOne, ruleProblems } from "../common-rules";
import { at, type DeclarationProblem } from "../declaration-problem";
import type { IsLate, Spell } from "../late";
import { onDestroyProblems, type DeliveryOnDestroy } from "./on-destroy";

const LONGEST_KEY = 255;

/**
 * A CI/CD variable that receives a token's value.
 * @see https://docs.gitlab.com/ci/variables/
 */
export interface CiVariableDelivery {
  /**
   * The project whose variable it is: full path or number.
   * @default - none; then `group` must be given
   */
  readonly project?: ContainerRef;
  /**
   * The group whose variable it is: full path or number.
   * @default - none; then `project` must be given
   */
  readonly group?: ContainerRef;
  /** Name of the variable: letters, digits and underscores, at most 255 characters. */
  readonly key: string;
  /**
   * Environments that see the variable, such as `production` or `review/*`. For a group's variable this needs
   * GitLab Premium.
   * @default "*"
   * @see https://docs.gitlab.com/ci/environments/#limit-the-environment-scope-of-a-cicd-variable
   */
  readonly environmentScope?: string;
  /**
   * Only jobs on protected branches and tags see it.
   * @default false
   */
  readonly protected?: boolean;
  /**
   * Job logs show `[masked]` in its place.
   * @default true
   */
  readonly masked?: boolean;
  /**
   * Nobody can read it back in GitLab. Only a new variable can be hidden, and it stays so.
   * @default false
   * @see https://docs.gitlab.com/ci/variables/#hide-a-cicd-variable
   */
  readonly hidden?: boolean;
  /**
   * A `$` in the value is not expanded.
   * @default true
   */
  readonly raw?: boolean;
  /**
   * Takes over a variable that something else made.
   * @default false
   */
  readonly overwrite?: boolean;
  /**
   * What destroying the token does with the variable; it is removed only while it holds this token's value.
   * @default "remove"
   */
  readonly onDestroy?: DeliveryOnDestroy;
}

export function ciVariableProblems(
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
    ...ruleProblems(`${property}.key`, key, keyProblem, isLate),
    ...ruleProblems(
      `${property}.environmentScope`,
      environmentScope,
      environmentScopeProblem,
      isLate,
    ),
    ...maskingProblems(property, variable),
    ...onDestroyProblems(property, onDestroy, isLate),
  ];
}

export function ciVariableLabel(
  { project, group, key, environmentScope }: CiVariableDelivery,
  spell: Spell,
): string {
  const container = pathWord(spell(project ?? group ?? ""));
  const scope = environmentScope === undefined ? "*" : spell(environmentScope);
  const environments = scope === "*" ? "" : ` (environment scope "${scope}")`;
  const kind = project === undefined ? "group" : "project";
  return `CI/CD variable "${spell(key)}" of ${kind} "${container}"${environments}`;
}

/** @see https://docs.gitlab.com/ci/variables/#define-a-cicd-variable-in-the-ui */
function keyProblem(key: string): Problem | undefined {
  if (/^[A-Za-z0-9_]+$/.test(key) && key.length <= LONGEST_KEY) return undefined;
  const suggestion = key.replace(/[^A-Za-z0-9_]+/g, "_").slice(0, LONGEST_KEY);
  return {
    summary: `"${key}" cannot name a CI/CD variable`,
    detail: `It must have 1 to ${LONGEST_KEY} letters, digits and underscores; got "${key}". Write "${suggestion || "DEPLOY_TOKEN"}".`,
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
