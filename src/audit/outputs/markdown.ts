import { cut, shown, some, type Room, type Section } from "../../review/outputs";
import type { Audit } from "../audit";
import type { AuditFinding, FindingSeverity } from "../finding";
import { KINDS } from "../kinds";
import {
  auditCounts,
  callerWords,
  coverages,
  groups,
  notJudgedSentences,
  scopeWords,
} from "./facts";

export interface AuditMarkdownOptions extends Room {
  /** In the heading. */
  readonly title?: string;
}

const SIGNS: Readonly<Record<FindingSeverity, string>> = { error: "❌", warning: "⚠️", note: "ℹ️" };
const LINE_BREAK = "<br>";

/** An audit as Markdown that GitLab and GitHub show alike. */
export function auditMarkdown(audit: Audit, options: AuditMarkdownOptions = {}): string {
  return cut(sections(audit, options.title), options);
}

function sections(audit: Audit, title: string | undefined): Section[] {
  const { picture } = audit;
  const counts = auditCounts(audit);
  const found = [
    ...some(counts.errors, "error", "errors"),
    ...some(counts.warnings, "warning", "warnings"),
    ...some(counts.notes, "note", "notes"),
  ];
  const waived = counts.accepted + counts.ignored + counts.excepted;
  const heading = title === undefined ? "Audit of service accounts" : `Audit: ${code(title)}`;
  const amount = found.length === 0 ? "Nothing found" : found.join(", ");
  const gaps = picture.gaps.filter(({ isExpected }) => !isExpected);
  const seen = `${scopeWords(picture)} of ${picture.instance.url}, GitLab ${picture.instance.version}, seen by ${callerWords(picture)} on ${picture.today}`;
  return [
    {
      open: [
        `### ${heading}`,
        `**${amount}**${waived > 0 ? ` · ${waived} do not count` : ""}`,
        prose(seen),
        coverageTable(audit),
      ],
      items: [],
    },
    {
      open: gaps.length === 0 ? [] : ["**Incomplete.** Nothing is reported as absent because of:"],
      items: gaps.map(({ reason, remedy }) => `* ⛔ ${prose(reason)} ${prose(remedy)}`),
      share: 0.2,
    },
    ...groups(audit.findings).map(({ code: kind, severity, findings }) => ({
      open: [
        `#### ${SIGNS[severity]} ${code(kind)} (${findings.length})`,
        prose(`${KINDS[kind]?.finds ?? kind}.`),
      ],
      items: findings.map(item),
      share: 0.5,
    })),
    { open: [], items: notJudgedSentences(audit).map((each) => `* ${prose(each)}`), share: 0.1 },
  ];
}

function coverageTable(audit: Audit): string {
  const rows = coverages(audit).map(
    ({ what, count, declared }) => `| ${what} | ${count} | ${declared ?? "–"} |`,
  );
  return ["| what | there | declared |", "| --- | ---: | ---: |", ...rows].join("\n");
}

function item({ object, reason, remedy, declared }: AuditFinding): string {
  const places = declared.map(({ state, address }) => `${code(address)} in ${code(state)}`);
  return [
    `- ${prose(object.label)}: ${prose(reason)}`,
    `${prose(remedy)} <sub>${code(object.address)}</sub>`,
    ...places,
  ].join(LINE_BREAK);
}

function prose(text: string): string {
  return shown(text, "markdown");
}

function code(text: string): string {
  return shown(text, "code");
}
