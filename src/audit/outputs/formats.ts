import { codeQuality, sarif, type ReportedFinding } from "../../review/outputs";
import type { Audit } from "../audit";
import { auditCsv } from "./csv";
import { openFindings } from "./facts";
import { auditJson } from "./json";
import { auditMarkdown, type AuditMarkdownOptions } from "./markdown";
import { auditText, type AuditTextOptions } from "./text";

export const AUDIT_FORMATS = ["text", "markdown", "json", "csv", "code-quality", "sarif"] as const;
export type AuditFormat = (typeof AUDIT_FORMATS)[number];

export interface AuditOutputOptions extends AuditTextOptions, AuditMarkdownOptions {
  /** The file that findings refer to, if a report requires one. */
  readonly file: string;
}

export function formattedAudit(
  audit: Audit,
  format: AuditFormat,
  options: AuditOutputOptions,
): string {
  switch (format) {
    case "text":
      return auditText(audit, options);
    case "markdown":
      return auditMarkdown(audit, options);
    case "json":
      return auditJson(audit);
    case "csv":
      return auditCsv(audit);
    case "code-quality":
      return codeQuality(reported(audit), options);
    case "sarif":
      return sarif(reported(audit), options);
  }
}

/** Findings that do not count are in none of the reports that fail a merge request. */
function reported({ findings }: Audit): ReportedFinding[] {
  return openFindings(findings).map(({ code, severity, object, reason, remedy }) => ({
    rule: code,
    severity,
    object: object.label,
    address: object.address,
    detail: reason,
    remedy,
  }));
}
