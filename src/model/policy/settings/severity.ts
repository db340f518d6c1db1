import type { Strictness } from "../policy";
import { RULE_NAMES, type RuleName } from "../rule-name";
import { ruleNamed } from "../rules";
import { readChoice, readRecord } from "./readers";
import type { Setting, Severities } from "./setting";

/** From loose to strict. */
const STRICTNESS = ["off", "warning", "error"] as const satisfies readonly Strictness[];

export const SEVERITY: Setting<Severities> = {
  key: "severity",
  summary:
    "The severity of each rule: `error` fails, `warning` only reports, `off` disables the rule.",
  example: `{ "never-expiring-token": "error" }`,
  schema: {
    type: "object",
    properties: Object.fromEntries(RULE_NAMES.map((rule) => [rule, { enum: STRICTNESS }])),
    additionalProperties: false,
  },
  read(raw, path, report) {
    const record = readRecord(raw, RULE_NAMES, path, report);
    if (record === undefined) return undefined;
    const severities: Partial<Record<RuleName, Strictness>> = {};
    for (const rule of RULE_NAMES) {
      if (record[rule] === undefined) continue;
      const strictness = readChoice(record[rule], STRICTNESS, [...path, rule], report);
      if (strictness !== undefined) severities[rule] = strictness;
    }
    return severities;
  },
  format: (severities) => severities,
  tightened(inherited, own) {
    const looser = RULE_NAMES.some((rule) => {
      const strictness = own[rule];
      return strictness !== undefined && rank(strictness) < rank(inForce(inherited, rule));
    });
    return looser ? undefined : { ...inherited, ...own };
  },
};

/** For each rule the stricter of both. */
export function strictestSeverities(left: Severities, right: Severities): Severities {
  const stricter = Object.entries(right).filter(
    ([rule, strictness]) => rank(strictness) > rank(inForce(left, rule as RuleName)),
  );
  return { ...left, ...Object.fromEntries(stricter) };
}

function inForce(severities: Severities, rule: RuleName): Strictness {
  return severities[rule] ?? ruleNamed(rule).severity;
}

function rank(strictness: Strictness): number {
  return STRICTNESS.indexOf(strictness);
}
