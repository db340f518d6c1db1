import { CodedError } from "../model/code";
import type { Leaked } from "./leaked";

type Entry = Readonly<Record<string, unknown>>;

/** What may be a token of GitLab: one word without blanks, as long as a value is. */
const VALUE = /^[\w.~+/=-]{16,512}$/;
const OF_GITLAB = /gitlab/i;
/** Routable and plain values with GitLab's own prefix, wherever in a line they stand. */
const WITH_PREFIX = /\bgl(?:pat|soat|ptt|ft|cbt|rt|agent)-[\w.-]{16,}/g;

/**
 * The tokens of GitLab in a scanner's report: GitLab's secret detection, gitleaks (JSON), trufflehog (a JSON object a line).
 * @throws for anything else, so that an unread report never passes for an empty one
 */
export function leakedInReport(text: string): Leaked[] {
  const content = text.replace(/^\uFEFF/, "").trim();
  if (content === "") return [];
  const whole = parsed(content);
  if (Array.isArray(whole)) return whole.flatMap((entry) => ofGitleaks(asEntry(entry)));
  const report = whole === undefined ? undefined : asEntry(whole);
  if (Array.isArray(report?.["vulnerabilities"])) {
    return report["vulnerabilities"].flatMap((entry) => ofGitLab(asEntry(entry)));
  }
  const lines = content.split("\n").map((line) => asEntry(parsed(line)));
  const found = lines.filter((line) => "DetectorName" in line);
  if (found.length === 0 && !lines.some((line) => "level" in line)) throw unknownReport();
  return found.flatMap(ofTrufflehog);
}

/** @see https://gitlab.com/gitlab-org/security-products/security-report-schemas */
function ofGitLab(entry: Entry): Leaked[] {
  const { file, start_line: line, commit } = asEntry(entry["location"]);
  const sha = asEntry(commit)["sha"];
  const kinds = listOf(entry["identifiers"]).map((each) => asEntry(each)["value"]);
  const isOurs = [entry["name"], entry["description"], ...kinds].some((word) => isOfGitLab(word));
  return leaked(entry["raw_source_code_extract"], isOurs, place(file, line, sha));
}

/** @see https://github.com/gitleaks/gitleaks */
function ofGitleaks(entry: Entry): Leaked[] {
  if (!("RuleID" in entry) && !("Secret" in entry)) throw unknownReport();
  const { RuleID: rule, Secret: secret, File: file, StartLine: line, Commit: commit } = entry;
  return leaked(secret, isOfGitLab(rule), place(file, line, commit));
}

/** @see https://github.com/trufflesecurity/trufflehog */
function ofTrufflehog(entry: Entry): Leaked[] {
  const data = Object.values(asEntry(asEntry(entry["SourceMetadata"])["Data"]))[0];
  const { file, line, commit } = asEntry(data);
  return leaked(entry["Raw"], isOfGitLab(entry["DetectorName"]), place(file, line, commit));
}

function leaked(text: unknown, isOurs: boolean, foundAt: string): Leaked[] {
  if (typeof text !== "string") return [];
  const prefixed = text.match(WITH_PREFIX) ?? [];
  // An instance may have another prefix, which only the rule's name tells.
  const values = prefixed.length > 0 || !isOurs || !VALUE.test(text) ? prefixed : [text];
  return values.map((value) => ({ value, tokenId: undefined, foundAt: [foundAt] }));
}

function place(file: unknown, line: unknown, commit: unknown): string {
  const where = typeof file === "string" && file !== "" ? file : "an unnamed place";
  const at = typeof line === "number" ? `${where}:${line}` : where;
  const sha = typeof commit === "string" && /^[0-9a-f]{7,64}$/.test(commit) ? commit : undefined;
  return sha === undefined ? at : `${at} in commit ${sha.slice(0, 12)}`;
}

function isOfGitLab(word: unknown): boolean {
  return typeof word === "string" && OF_GITLAB.test(word);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function asEntry(value: unknown): Entry {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function unknownReport(): CodedError {
  return new CodedError(
    "unreadable-report",
    "This is no report of GitLab's secret detection, gitleaks (--report-format json) or trufflehog (--json).",
  );
}
