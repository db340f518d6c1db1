import type { DeclarationProblem } from "../declaration-problem";
import type { IsLate, Spell } from "../late";
import { ciVariableLabel, ciVariableProblems } from "./ci-variable";
import { commandLabel, commandProblems } from "./command";
import type { DeliveryDestination } from "./delivery";
import { fileLabel, fileProblems } from "./file";
import { vaultLabel, vaultProblems } from "./vault";

/** What is wrong with a destination. */
export function destinationProblems(
  property: string,
  { ciVariable, file, vault, command }: DeliveryDestination,
  isLate: IsLate,
): DeclarationProblem[] {
  return [
    ...(ciVariable ? ciVariableProblems(`${property}.ciVariable`, ciVariable, isLate) : []),
    ...(file ? fileProblems(`${property}.file`, file, isLate) : []),
    ...(vault ? vaultProblems(`${property}.vault`, vault, isLate) : []),
    ...(command ? commandProblems(`${property}.command`, command, isLate) : []),
  ];
}

/** The same for two destinations of which one would overwrite the other. */
export function destinationLabel(
  { ciVariable, file, vault, command }: DeliveryDestination,
  spell: Spell,
): string {
  if (ciVariable !== undefined) return ciVariableLabel(ciVariable, spell);
  if (vault !== undefined) return vaultLabel(vault, spell);
  if (command !== undefined) return commandLabel(command, spell);
  return file === undefined ? "" : fileLabel(file, spell);
}
