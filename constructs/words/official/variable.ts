import { pathWord } from "../../../src/model";
import type { OfficialObject } from "../../../src/official";
import type { CiVariableDelivery } from "../delivery";
import type { Spell } from "../late";
import type { OfficialFront } from "./front";

/** The CI/CD variable that receives a token's value. What is not said is as glsa's provider makes it. */
export function officialVariable(
  variable: CiVariableDelivery,
  value: string,
  front: OfficialFront,
): OfficialObject {
  const { project, group, key, environmentScope, hidden } = variable;
  const properties = {
    key,
    value,
    environmentScope,
    protected: variable.protected,
    masked: variable.masked ?? true,
    // Left out, releases before 18.8 destroy the variable and make it anew whenever its value changes.
    hidden: hidden ?? false,
    raw: variable.raw ?? true,
  };
  return project === undefined
    ? { kind: "groupVariable", properties: { ...properties, group: front.text(group ?? "") } }
    : { kind: "projectVariable", properties: { ...properties, project: front.text(project) } };
}

/** What a variable is known by: neither another token nor another name of its token moves it. */
export function variableWords(variable: CiVariableDelivery, spell: Spell): string[] {
  const { project, group, key, environmentScope = "*" } = variable;
  const scope = spell(environmentScope);
  return [
    project === undefined ? "group" : "project",
    pathWord(spell(project ?? group ?? "")),
    spell(key),
    ...(scope === "*" ? [] : [scope]),
  ];
}
