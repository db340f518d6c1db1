import { createHash } from "node:crypto";
import type { GapKind, Picture } from "../estate";
import { compareText } from "../model";
import { DEFAULT_POLICY, type Policy } from "../model/policy";
import type { Baseline } from "./baseline";
import type { AuditFinding, FindingSeverity } from "./finding";
import { changed, declaredTwice, missing } from "./find/missing";
import { DEFAULT_THRESHOLDS, type Evidence, type Found, type Thresholds } from "./find/found";
import { accountLives, tokenLives } from "./find/lives";
import { breaches, type Breach } from "./find/policy";
import { undeclared } from "./find/undeclared";
import { covers, type Ignore } from "./ignore";
import { KINDS, OWN_KINDS } from "./kinds";
import { LiveEstate } from "./live";
import { DeclaredEstate, type State } from "./states";

export interface AuditOptions {
  readonly states: readonly State[];
  readonly policy?: Policy;
  readonly thresholds?: Partial<Thresholds>;
  readonly ignore?: readonly Ignore[];
  readonly baseline?: Baseline | undefined;
}

/** A picture, what code declares of it, and the findings from both. */
export interface Audit {
  readonly picture: Picture;
  /** Names of the given states and plans. */
  readonly states: readonly string[];
  /** Most severe first; those that are ignored come last. */
  readonly findings: readonly AuditFinding[];
  readonly notJudged: readonly NotJudged[];
  /** Findings of the baseline that no longer exist. */
  readonly goneFromBaseline: number;
}

/** Kinds of findings that were not checked. */
export interface NotJudged {
  readonly codes: readonly string[];
  /** What was not seen. Empty if no state was given. */
  readonly because: readonly GapKind[];
}

/** Checks a picture against code and policy. */
export function auditOf(picture: Picture, options: AuditOptions): Audit {
  const { policy = DEFAULT_POLICY, thresholds, ignore = [], baseline, states } = options;
  const evidence: Evidence = {
    live: new LiveEstate(picture),
    declared: new DeclaredEstate(states),
    policy,
    thresholds: { ...DEFAULT_THRESHOLDS, ...thresholds },
    today: picture.today,
  };
  const found = [
    ...undeclared(evidence),
    ...missing(evidence),
    ...changed(evidence),
    ...declaredTwice(evidence),
    ...tokenLives(evidence),
    ...accountLives(evidence),
  ].map(fromFound);
  const all = [...found, ...breaches(evidence).map(fromBreach)];
  const waived = withFingerprints(all).map((finding) =>
    waivedBy(finding, { ignore, baseline, today: picture.today }),
  );
  const findings = [...waived, ...endedIgnores(waived, ignore, picture.today)].sort(worstFirst);
  const here = new Set(findings.map(({ fingerprint }) => fingerprint));
  const accepted = [...(baseline?.fingerprints ?? [])];
  return {
    picture,
    states: states.map(({ name }) => name),
    findings,
    notJudged: notJudged(evidence),
    goneFromBaseline: accepted.filter((fingerprint) => !here.has(fingerprint)).length,
  };
}

type Unprinted = Omit<AuditFinding, "fingerprint">;

function fromFound({ code, object, reason, remedy, severity, declared }: Found): Unprinted {
  const kind = OWN_KINDS[code];
  return {
    code,
    severity: severity ?? kind.severity,
    object,
    reason,
    remedy: remedy ?? kind.remedy,
    declared,
    status: "open",
    waiver: null,
  };
}

/** The policy's remedies are about declarations. These are for objects that no code declares. */
const WITHOUT_CODE: Readonly<Record<string, string>> = {
  "max-lifetime": "Replace it with one that expires sooner, and revoke it.",
  "forbidden-scope": "Replace it with one without that scope, and revoke it.",
  "scope-without-reason":
    "Replace it with one with narrower scopes, or one whose description gives a reason.",
  "forbidden-permission": "Replace it with one without that permission, and revoke it.",
  "permission-without-reason":
    "Replace it with one with fewer permissions, or one whose description gives a reason.",
  "never-expiring-token": "Replace it with one that expires, and revoke it.",
  "max-live-tokens": "Find out which of them is used (last_used_at), and revoke the others.",
};

function fromBreach({ finding, object, declared, isExcepted }: Breach): Unprinted {
  const { rule, severity, detail, remedy, exception } = finding;
  const advice = declared.length === 0 ? (WITHOUT_CODE[rule] ?? remedy) : remedy;
  const base = { code: rule, severity, object, reason: detail, remedy: advice, declared } as const;
  if (!isExcepted || exception === undefined) return { ...base, status: "open", waiver: null };
  const { reason, until } = exception;
  return { ...base, status: "excepted", waiver: { reason, until } };
}

/** Several findings of one kind and name, as for tokens of one name, are distinguished by their order. */
function withFingerprints(findings: readonly Unprinted[]): AuditFinding[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const subject = JSON.stringify([finding.code, finding.object.kind, finding.object.address]);
    const occurrence = seen.get(subject) ?? 0;
    seen.set(subject, occurrence + 1);
    const hash = createHash("sha256").update(`${subject}#${occurrence}`);
    return { ...finding, fingerprint: hash.digest("hex") };
  });
}

function waivedBy(
  finding: AuditFinding,
  {
    ignore,
    baseline,
    today,
  }: Required<Pick<AuditOptions, "ignore">> &
    Pick<AuditOptions, "baseline"> & { readonly today: string },
): AuditFinding {
  if (finding.status !== "open") return finding;
  const { code, object, fingerprint } = finding;
  const pattern = ignore.find(
    (each) => each.until >= today && covers(each, { code, address: object.address }),
  );
  if (pattern !== undefined) {
    const { reason, until } = pattern;
    return { ...finding, status: "ignored", waiver: { reason, until } };
  }
  if (baseline?.fingerprints.has(fingerprint) !== true) return finding;
  return { ...finding, status: "accepted", waiver: { reason: "In the baseline.", until: null } };
}

/** Patterns that have ended, and would cover an open finding. */
function endedIgnores(
  findings: readonly AuditFinding[],
  ignore: readonly Ignore[],
  today: string,
): AuditFinding[] {
  const ended = ignore.flatMap((pattern): Unprinted[] => {
    const covered = findings.filter(
      ({ status, code, object }) =>
        status === "open" && covers(pattern, { code, address: object.address }),
    ).length;
    if (pattern.until >= today || covered === 0) return [];
    const address = `${pattern.code} ${pattern.object}`;
    const nothing = { userId: null, username: null, tokenId: null, container: null };
    return [
      {
        ...fromFound({
          code: "ended-ignore",
          object: { kind: "run", label: `ignore pattern ${address}`, address, ...nothing },
          reason: `It ended on ${pattern.until} ("${pattern.reason}") and would cover ${covered} ${covered === 1 ? "finding" : "findings"}.`,
          declared: [],
        }),
      },
    ];
  });
  return withFingerprints(ended);
}

const SEVERITIES: readonly FindingSeverity[] = ["error", "warning", "note"];
const ORDER = new Map(Object.keys(KINDS).map((code, index) => [code, index]));

function worstFirst(left: AuditFinding, right: AuditFinding): number {
  const open = ({ status }: AuditFinding) => (status === "open" ? 0 : 1);
  return (
    open(left) - open(right) ||
    SEVERITIES.indexOf(left.severity) - SEVERITIES.indexOf(right.severity) ||
    (ORDER.get(left.code) ?? 0) - (ORDER.get(right.code) ?? 0) ||
    compareText(left.object.address, right.object.address) ||
    (left.object.tokenId ?? 0) - (right.object.tokenId ?? 0)
  );
}

function notJudged({ live, declared }: Evidence): NotJudged[] {
  const because = (kind: GapKind) =>
    live.picture.gaps.some(({ hides }) => hides.includes(kind)) ? [kind] : [];
  const stateless = Object.entries(KINDS).flatMap(([code, { needsStates }]) =>
    needsStates ? [code] : [],
  );
  return [
    ...(declared.isGiven ? [] : [{ codes: stateless, because: [] }]),
    ...(live.knowsAllMemberships
      ? []
      : [{ codes: ["account-without-membership"], because: because("memberships") }]),
    ...partly("missing-account", because("accounts")),
    ...partly("missing-token", because("tokens")),
    ...partly("missing-variable", because("variables")),
  ];
}

function partly(code: string, because: readonly GapKind[]): NotJudged[] {
  return because.length === 0 ? [] : [{ codes: [code], because }];
}
