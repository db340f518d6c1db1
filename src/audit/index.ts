export { auditOf, type Audit, type AuditOptions, type NotJudged } from "./audit";
export { BaselineError, parseBaseline, writtenBaseline, type Baseline } from "./baseline";
export { liveCalendar } from "./calendar";
export { evidenceOf } from "./evidence";
export type {
  AuditFinding,
  Declared,
  FindingObject,
  FindingSeverity,
  FindingStatus,
} from "./finding";
export { DEFAULT_THRESHOLDS, type Thresholds } from "./find/found";
export { CODES, KINDS, type FindingKind } from "./kinds";
export { postIssue, type PostedIssue } from "./post-issue";
export type { State } from "./states";
