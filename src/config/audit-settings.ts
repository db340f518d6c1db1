import { isBlank, isUtcDate, type UtcDate } from "../model";
import {
  readRecord,
  shown,
  type PolicyPath,
  type PolicyProblem,
  type Report,
} from "../model/policy";

/** Findings of an audit that are ignored for a while. */
export interface IgnorePattern {
  /** A code, such as `unused-token`. `*` matches anything. */
  readonly code: string;
  /** The name of a finding's object, such as `legacy-*` or `*@platform/*`. */
  readonly object: string;
  readonly reason: string;
  /** The last day on which it applies, UTC. */
  readonly until: UtcDate;
}

export interface AuditSettings {
  readonly ignore: readonly IgnorePattern[];
}

export const NO_AUDIT_SETTINGS: AuditSettings = { ignore: [] };

const KEYS = ["code", "object", "reason", "until"] as const;

/** Reads the section `audit` of a `glsa.config.json`. */
export function parseAuditSettings(
  raw: unknown,
  path: PolicyPath,
): { readonly settings: AuditSettings; readonly problems: readonly PolicyProblem[] } {
  const problems: PolicyProblem[] = [];
  const report: Report = (at, summary, detail) => {
    problems.push({ code: "malformed-audit-settings", path: at, summary, detail });
    return undefined;
  };
  const list = readRecord(raw, ["ignore"], path, report)?.["ignore"] ?? [];
  if (!Array.isArray(list)) {
    report([...path, "ignore"], "No list", `Write a list of patterns; got ${shown(list)}.`);
    return { settings: NO_AUDIT_SETTINGS, problems };
  }
  const ignore = (list as readonly unknown[]).flatMap(
    (item, index) => readPattern(item, [...path, "ignore", index], report) ?? [],
  );
  return { settings: { ignore }, problems };
}

function readPattern(raw: unknown, path: PolicyPath, report: Report): IgnorePattern | undefined {
  const record = readRecord(raw, [...KEYS], path, report);
  if (record === undefined) return undefined;
  const [code, object, reason, until] = KEYS.map((key) => {
    const value = record[key];
    if (typeof value === "string" && !isBlank(value)) return value;
    return report(
      [...path, key],
      `An ignore pattern needs a ${key}`,
      `Write a string; got ${shown(value ?? null)}.`,
    );
  });
  if (until !== undefined && !isUtcDate(until)) {
    const detail = `Write the last day on which it applies, as YYYY-MM-DD; got ${shown(until)}.`;
    return report([...path, "until"], "An ignore pattern needs an end date", detail);
  }
  if (code === undefined || object === undefined || reason === undefined || until === undefined) {
    return undefined;
  }
  return { code, object, reason, until };
}

/** For the JSON Schema of `glsa.config.json`. */
export const AUDIT_SCHEMA = {
  type: "object",
  description: "What an audit ignores.",
  properties: {
    ignore: {
      type: "array",
      description: "Findings that are ignored until a day (UTC, that day included).",
      items: {
        type: "object",
        properties: {
          code: { type: "string", description: "The code of a finding. * matches anything." },
          object: {
            type: "string",
            description: "The name of the finding's object. * matches anything.",
          },
          reason: { type: "string" },
          until: { type: "string", pattern: "^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$" },
        },
        required: KEYS,
        additionalProperties: false,
      },
    },
  },
  additionalProperties: false,
};
