import { daysProblem, parseDays } from "../../durations";
import { ACCESS_LEVELS, ROLE_NAMES, type RoleName } from "../../roles";
import { KNOWN_SCOPES, scopeName, scopeProblem, uncheckedScope } from "../../scopes";
import { readChoice, readCount, readList, readText, shown } from "./readers";
import type { PolicyPath, Report, Setting } from "./setting";

type Words = Pick<Setting<unknown>, "key" | "summary" | "example">;

const DAYS_PATTERN = "^(?!P?0+[dwDW]$)(\\d{1,5}[dw]|P\\d{1,5}[DW])$";

/** A number of days of which fewer are stricter, or of which more are. */
export function daysSetting(words: Words, stricter: "fewer" | "more"): Setting<number> {
  return {
    ...words,
    schema: { type: "string", pattern: DAYS_PATTERN },
    read: readDays,
    format: (days) => `${days}d`,
    tightened: (inherited, own) => stricterNumber(inherited, own, stricter),
  };
}

function readDays(raw: unknown, path: PolicyPath, report: Report): number | undefined {
  if (typeof raw !== "string") {
    const detail = `Write whole days or weeks in quotes, such as "30d" or "4w"; got ${shown(raw)}.`;
    return report(path, "It must be a number of days", detail);
  }
  const problem = daysProblem(String(path.at(-1)), raw);
  if (problem !== undefined) return report(path, problem.summary, problem.detail);
  const days = parseDays(raw);
  if (days === 0)
    return report(path, "It must be at least 1 day", `Write 1d or more; got "${raw}".`);
  return days;
}

/** A count of which fewer are stricter. */
export function countSetting(words: Words): Setting<number> {
  return {
    ...words,
    schema: { type: "integer", minimum: 0 },
    read: readCount,
    format: (count) => count,
    tightened: (inherited, own) => stricterNumber(inherited, own, "fewer"),
  };
}

function stricterNumber(
  inherited: number,
  own: number,
  stricter: "fewer" | "more",
): number | undefined {
  const holds = stricter === "fewer" ? own <= inherited : own >= inherited;
  return holds ? own : undefined;
}

/** Scopes of a rule. Policies further inside add to them. */
export function scopesSetting(words: Words): Setting<readonly string[]> {
  const scope = { anyOf: [{ enum: KNOWN_SCOPES }, { type: "string", pattern: "^scope:.*\\S" }] };
  return {
    ...words,
    schema: { type: "array", items: scope },
    read: (raw, path, report) =>
      readList(raw, path, report, (item, at) => readScope(item, at, report)),
    format: (scopes) => scopes.map(uncheckedScope),
    tightened: together,
  };
}

/** A list adds to the one that it inherits; an empty one would be looser. */
function together(inherited: readonly string[], own: readonly string[]) {
  if (own.length === 0 && inherited.length > 0) return undefined;
  return [...new Set([...inherited, ...own])];
}

const PERMISSION_PATTERN = "^[a-z0-9_*]+$";

/** Permissions of a rule, with `*` for anything. Policies further inside add to them. */
export function permissionsSetting(words: Words): Setting<readonly string[]> {
  return {
    ...words,
    schema: { type: "array", items: { type: "string", pattern: PERMISSION_PATTERN } },
    read: (raw, path, report) =>
      readList(raw, path, report, (item, at) => readPermission(item, at, report)),
    format: (permissions) => permissions,
    tightened: together,
  };
}

function readPermission(raw: unknown, path: PolicyPath, report: Report): string | undefined {
  const text = readText(raw, path, report);
  if (text === undefined || new RegExp(PERMISSION_PATTERN).test(text)) return text;
  return report(
    path,
    "It must be the name of a permission",
    `Write it in lower case, such as read_member, with * for anything, such as delete_*; got ${shown(raw)}.`,
  );
}

function readScope(raw: unknown, path: PolicyPath, report: Report): string | undefined {
  const text = readText(raw, path, report);
  if (text === undefined) return undefined;
  const problem = scopeProblem(text);
  return problem === undefined ? scopeName(text) : report(path, problem.summary, problem.detail);
}

export function roleSetting(words: Words): Setting<RoleName> {
  return {
    ...words,
    schema: { enum: ROLE_NAMES },
    read: (raw, path, report) => readChoice(raw, ROLE_NAMES, path, report),
    format: (role) => role,
    tightened: (inherited, own) =>
      ACCESS_LEVELS[own] <= ACCESS_LEVELS[inherited] ? own : undefined,
  };
}
