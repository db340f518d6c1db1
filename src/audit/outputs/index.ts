export { AUDIT_FORMATS, formattedAudit, type AuditFormat } from "./formats";
export { auditCounts, notJudgedSentences, openFindings } from "./facts";
export { auditMarkdown } from "./markdown";
