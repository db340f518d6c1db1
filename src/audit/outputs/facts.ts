import type { Picture } from "../../estate";
import type { Audit } from "../audit";
import type { AuditFinding, FindingSeverity } from "../finding";

/** The summary of an audit. */
export interface AuditCounts {
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
  readonly ignored: number;
  readonly accepted: number;
  readonly excepted: number;
}

export function auditCounts({ findings }: Pick<Audit, "findings">): AuditCounts {
  const open = openFindings(findings);
  const of = (severity: FindingSeverity) =>
    open.filter((each) => each.severity === severity).length;
  const as = (status: AuditFinding["status"]) =>
    findings.filter((each) => each.status === status).length;
  return {
    errors: of("error"),
    warnings: of("warning"),
    notes: of("note"),
    ignored: as("ignored"),
    accepted: as("accepted"),
    excepted: as("excepted"),
  };
}

export function openFindings(findings: readonly AuditFinding[]): readonly AuditFinding[] {
  return findings.filter(({ status }) => status === "open");
}

/** Findings of one kind and severity, in the order of the findings. */
export interface FindingGroup {
  readonly code: string;
  readonly severity: FindingSeverity;
  readonly findings: readonly AuditFinding[];
}

export function groups(findings: readonly AuditFinding[]): FindingGroup[] {
  const byKind = new Map<string, AuditFinding[]>();
  for (const finding of openFindings(findings)) {
    const key = `${finding.severity} ${finding.code}`;
    const known = byKind.get(key);
    if (known === undefined) byKind.set(key, [finding]);
    else known.push(finding);
  }
  return [...byKind.values()].flatMap((some) => {
    const [first] = some;
    return first === undefined
      ? []
      : [{ code: first.code, severity: first.severity, findings: some }];
  });
}

/** The number of objects of a kind, and how many of them code declares. */
export interface Coverage {
  readonly what: string;
  readonly count: number;
  /** Undefined if no state was given. */
  readonly declared: number | undefined;
  readonly remark?: string;
}

export function coverages({ picture, states, findings }: Audit): Coverage[] {
  const without = (...codes: string[]) =>
    states.length === 0 ? undefined : findings.filter(({ code }) => codes.includes(code)).length;
  const own = picture.accounts.filter(({ isForeign }) => !isForeign);
  const agents = own.filter(({ kind }) => kind === "agent").length;
  const live = picture.tokens.filter(({ state }) => state === "active");
  const rows: readonly [string, number, number | undefined, string?][] = [
    [
      "accounts",
      own.length,
      without("undeclared-account"),
      agents === 0 ? undefined : `${agents} named as GitLab's agents`,
    ],
    ["live tokens", live.length, without("undeclared-token", "left-over-token")],
    ["memberships", picture.memberships.length, without("undeclared-membership")],
    ["delivered variables", picture.variables.length, without("undeclared-variable")],
  ];
  return rows.map(([what, count, undeclared, remark]) => ({
    what,
    count,
    declared: undeclared === undefined ? undefined : Math.max(0, count - undeclared),
    ...(remark !== undefined && { remark }),
  }));
}

/** `group platform`, `the instance`. */
export function scopeWords({ scope }: Picture): string {
  return scope.kind === "instance" ? "the instance" : `${scope.kind} ${scope.path}`;
}

/** `root, an administrator`. */
export function callerWords({ askedBy }: Picture): string {
  const name = askedBy.username ?? "a token that is not a personal access token";
  return askedBy.isAdministrator ? `${name}, an administrator` : name;
}

/** What was not checked, and why, a sentence each. */
export function notJudgedSentences({ notJudged, states }: Audit): string[] {
  return notJudged.map(({ codes, because }) => {
    if (because.length === 0 && states.length === 0) {
      return "No state was given, so nothing was compared with code: --state FILE, or --state URL.";
    }
    const why =
      because.length === 0
        ? "since that is not shown of a part of an instance"
        : `where ${because.join(" and ")} were not seen`;
    return `Not judged: ${codes.join(", ")}, ${why}.`;
  });
}
