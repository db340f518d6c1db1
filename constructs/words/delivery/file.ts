import { posix } from "node:path";
import type { Problem } from "../../../src/model";
import { ruleProblems } from "../common-rules";
import type { DeclarationProblem } from "../declaration-problem";
import type { IsLate, Spell } from "../late";
import { onDestroyProblems, type DeliveryOnDestroy } from "./on-destroy";

/** A file, on the machine that runs the apply, that receives a token's value and nothing else. */
export interface FileDelivery {
  /** Absolute, or relative to the folder in which the engine runs. */
  readonly path: string;
  /**
   * Permissions in octal digits.
   * @default "0600"
   */
  readonly mode?: string;
  /**
   * A missing file makes a new token. Otherwise it is no drift, since a fresh machine has none.
   * @default false
   */
  readonly redeliverMissing?: boolean;
  /**
   * Replaces a file that something else made.
   * @default false
   */
  readonly overwrite?: boolean;
  /**
   * What destroying the token does with the file; it is removed only while it holds this token's value.
   * @default "remove"
   */
  readonly onDestroy?: DeliveryOnDestroy;
}

export function fileProblems(
  property: string,
  { path, mode, onDestroy }: FileDelivery,
  isLate: IsLate,
): DeclarationProblem[] {
  return [
    ...ruleProblems(`${property}.path`, path, pathProblem, isLate),
    ...ruleProblems(`${property}.mode`, mode, modeProblem, isLate),
    ...onDestroyProblems(property, onDestroy, isLate),
  ];
}

export function fileLabel({ path }: FileDelivery, spell: Spell): string {
  return `file "${posix.normalize(spell(path))}"`;
}

function pathProblem(path: string): Problem | undefined {
  if (path.trim() !== "" && !path.endsWith("/")) return undefined;
  return {
    summary: `"${path}" is not the path of a file`,
    detail: `It must name a file in a folder that exists; got "${path}". Write such as "secrets/deploy-token".`,
  };
}

function modeProblem(mode: string): Problem | undefined {
  if (/^0?[0-7]{3}$/.test(mode)) return undefined;
  return {
    summary: `"${mode}" is not a file mode`,
    detail: `It must be three octal digits, with or without a zero before them; got "${mode}". Write "0600", which lets nobody else read the file.`,
  };
}
