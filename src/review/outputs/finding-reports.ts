import { createHash } from "node:crypto";
import type { Finding } from "../../model/policy";
import { shown, shownJson } from "./shown";

/** What a report shows of a finding, of whatever it is about. */
export interface ReportedFinding extends Pick<Finding, "object" | "address" | "detail" | "remedy"> {
  readonly rule: string;
  readonly severity: Finding["severity"] | "note";
}

/** GitLab's Code Quality knows its own words for how bad something is. */
const QUALITY: Readonly<Record<ReportedFinding["severity"], string>> = {
  error: "critical",
  warning: "minor",
  note: "info",
};

/** GitLab's Code Quality and SARIF want a file and a line, while a finding is about a plan. */
export interface Location {
  /** A path below the repository's root, with `/` between folders. */
  readonly file: string;
}

/**
 * Findings as GitLab's Code Quality report.
 * @see https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
export function codeQuality(findings: readonly ReportedFinding[], { file }: Location): string {
  const prints = fingerprints(findings);
  return shownJson(
    findings.map((finding, index) => ({
      description: messageOf(finding),
      check_name: `glsa/${shown(finding.rule, "line")}`,
      fingerprint: prints[index],
      severity: QUALITY[finding.severity],
      location: { path: file, lines: { begin: 1 } },
    })),
  );
}

/** Findings as SARIF 2.1.0, with the object's address in exceptions as the logical location. */
export function sarif(findings: readonly ReportedFinding[], { file }: Location): string {
  const prints = fingerprints(findings);
  const rules = [...new Set(findings.map(({ rule }) => shown(rule, "line")))];
  return shownJson({
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "glsa", rules: rules.map((id) => ({ id })) } },
        results: findings.map((finding, index) => ({
          ruleId: shown(finding.rule, "line"),
          level: finding.severity,
          message: { text: sarifText(messageOf(finding)) },
          locations: [{ ...physicalLocation(file), ...logicalLocation(finding) }],
          partialFingerprints: { "glsaFinding/v1": prints[index] },
        })),
      },
    ],
  });
}

function messageOf({ object, detail, remedy }: ReportedFinding): string {
  return [`${shown(object, "line")}: ${shown(detail, "line")}`, shown(remedy, "line")].join(" ");
}

/** A message in SARIF takes `[text](target)` for a link and `{0}` for a placeholder. */
function sarifText(text: string): string {
  return text.replaceAll("](", "] (").replace(/[{}]/g, "$&$&");
}

function physicalLocation(file: string): object {
  const uri = file.split("/").map(encodeURIComponent).join("/");
  return { physicalLocation: { artifactLocation: { uri }, region: { startLine: 1 } } };
}

function logicalLocation({ address }: ReportedFinding): object {
  return {
    logicalLocations: [{ fullyQualifiedName: shown(address, "line"), kind: "resource" }],
  };
}

/**
 * The same for the same rule and object at every plan, whatever else changes, so that a merge request shows only what
 * it adds. What a rule says of one object twice is told apart by its order.
 */
function fingerprints(findings: readonly ReportedFinding[]): string[] {
  const seen = new Map<string, number>();
  return findings.map(({ rule, address }) => {
    const subject = JSON.stringify([rule, address]);
    const occurrence = seen.get(subject) ?? 0;
    seen.set(subject, occurrence + 1);
    return createHash("sha256").update(`${subject}#${occurrence}`).digest("hex");
  });
}
