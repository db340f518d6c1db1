import { isBlank, VISIBLE_PATTERN } from "../../blank";
import { isUtcDate } from "../../dates";
import { addressForm, RUN_ADDRESS } from "../address";
import type { Exception } from "../exception";
import { RULE_NAMES, type RuleName } from "../rule-name";
import { ruleNamed } from "../rules";
import { readChoice, readList, readRecord, readText, shown } from "./readers";
import type { JsonSchema, PolicyPath, Report, Setting } from "./setting";

const KEYS = ["rule", "object", "reason", "until"];

/** The form in which an exception names an object of each kind. */
const FORMS = {
  account: "a username",
  token: "username/token name",
  membership: "username@path of the group or project",
  run: `"${RUN_ADDRESS}"`,
} as const;

const ITEM: JsonSchema = {
  type: "object",
  properties: {
    rule: { enum: RULE_NAMES },
    object: { type: "string", pattern: VISIBLE_PATTERN },
    reason: { type: "string", pattern: VISIBLE_PATTERN },
    until: { type: "string", pattern: "^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$" },
  },
  required: KEYS,
  additionalProperties: false,
};

export const EXCEPTIONS: Setting<readonly Exception[]> = {
  key: "exceptions",
  summary:
    "Objects that may break a rule until a day (UTC, that day included), each with the reason. Policies further inside add their own.",
  example: `[{ "rule": "max-role", "object": "platform-deployer@platform", "reason": "moves projects until the migration ends", "until": "2027-03-31" }]`,
  schema: { type: "array", items: ITEM },
  read: (raw, path, report) =>
    readList(raw, path, report, (item, at) => readException(item, at, report)),
  format: (exceptions) => exceptions,
  tightened: (inherited, own) =>
    own.reduce((all, item) => (holds(all, item) ? all : [...all, item]), inherited),
};

function holds(exceptions: readonly Exception[], sought: Exception): boolean {
  return exceptions.some(
    ({ rule, object, reason, until }) =>
      rule === sought.rule &&
      object === sought.object &&
      reason === sought.reason &&
      until === sought.until,
  );
}

function readException(raw: unknown, path: PolicyPath, report: Report): Exception | undefined {
  const record = readRecord(raw, KEYS, path, report);
  if (record === undefined) return undefined;
  const rule = readChoice(record["rule"], RULE_NAMES, [...path, "rule"], report);
  const object = readObject(record["object"], rule, [...path, "object"], report);
  const reason = readReason(record["reason"], [...path, "reason"], report);
  const until = readUntil(record["until"], [...path, "until"], report);
  if (rule === undefined || object === undefined || reason === undefined || until === undefined) {
    return undefined;
  }
  return { rule, object, reason, until };
}

function readObject(
  raw: unknown,
  rule: RuleName | undefined,
  path: PolicyPath,
  report: Report,
): string | undefined {
  const object = readText(raw, path, report);
  if (object === undefined || rule === undefined) return object;
  const wanted = ruleNamed(rule).judges;
  if (addressForm(object) === wanted) return object;
  return report(
    path,
    `The rule ${rule} does not check "${object}"`,
    `It checks a ${wanted}, which an exception names as ${FORMS[wanted]}; got "${object}".`,
  );
}

function readReason(raw: unknown, path: PolicyPath, report: Report): string | undefined {
  if (typeof raw === "string" && !isBlank(raw)) return raw;
  return report(
    path,
    "An exception needs a reason",
    `Write in a few words why the object may break the rule; got ${shown(raw ?? null)}.`,
  );
}

function readUntil(raw: unknown, path: PolicyPath, report: Report): string | undefined {
  if (typeof raw === "string" && isUtcDate(raw)) return raw;
  return report(
    path,
    "An exception needs an end date",
    `Write the last day on which it applies, as YYYY-MM-DD; got ${shown(raw ?? null)}.`,
  );
}
