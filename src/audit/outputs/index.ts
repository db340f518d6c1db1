export { AUDIT_FORMATS, formattedAudit, isAuditFormat, type AuditFormat } from "./formats";
export { auditCounts, notJudgedSentences, openFindings } from "./facts";
export { auditMarkdown } from "./markdown";
