import {
  findingSummary,
  findingText,
  pathText,
  PROPERTIES,
  SETTINGS,
  type Finding,
  type PolicyProblem,
} from "../../../src/model/policy";
import { camelCase } from "../../../src/official";
import type { DeclarationProblem } from "../declaration-problem";

/** The attributes that findings and problems name, and their spelling in programs. */
const ATTRIBUTES = new RegExp(
  `\\b(expires_at|never_expires|${PROPERTIES.map((name) => SETTINGS[name].key).join("|")})\\b`,
  "g",
);

/** A problem of a policy, in the spelling of programs. */
export function inProgram({ code, path, summary, detail }: PolicyProblem): DeclarationProblem {
  return { code, property: spelt(pathText(path)), summary: spelt(summary), detail: spelt(detail) };
}

/** A finding, in the spelling of programs. */
export function findingProblem(finding: Finding): DeclarationProblem {
  return {
    property: finding.attribute === null ? "policy" : camelCase(finding.attribute),
    code: finding.rule,
    summary: findingSummary(finding),
    detail: spelt(findingText(finding)),
  };
}

function spelt(text: string): string {
  return text.replace(ATTRIBUTES, camelCase);
}
