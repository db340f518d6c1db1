import { styleText } from "node:util";
import { shown, some, wrapped } from "../../review/outputs";
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
  type Coverage,
  type FindingGroup,
} from "./facts";

export interface AuditTextOptions {
  /** The line width. @default 100 */
  readonly columns?: number;
  /** @default false */
  readonly colour?: boolean;
  /** Every finding of a kind, and not only the first ones. @default false */
  readonly all?: boolean;
}

type Style = Parameters<typeof styleText>[0];

const COLUMNS = 100;
const LEAST_COLUMNS = 40;
/** From this width on, an object and its finding are shown side by side. */
const WIDE_COLUMNS = 96;
const WIDEST_LABEL = 48;
/** The number of findings shown per kind, unless all are wanted. */
const MOST_OF_A_KIND = 10;
const BARS = { narrow: 10, wide: 20 };

const SIGNS: Readonly<Record<FindingSeverity, string>> = { error: "✖", warning: "▲", note: "•" };
const STYLES: Readonly<Record<FindingSeverity, Style>> = {
  error: ["bold", "red"],
  warning: ["bold", "yellow"],
  note: ["bold", "cyan"],
};

/**
 * An audit for a terminal or a job's log: the totals, then findings by kind, most severe first, then what is not known.
 */
export function auditText(audit: Audit, options: AuditTextOptions = {}): string {
  const page = new Page(options);
  writeHead(page, audit);
  for (const coverage of coverages(audit)) page.line(coverageLine(page, coverage));
  page.line("");
  page.paragraph(countsLine(audit), "", 0, "bold");
  for (const group of groups(audit.findings)) writeGroup(page, group, options.all === true);
  writeGaps(page, audit);
  const open = notJudgedSentences(audit);
  if (open.length > 0) page.line("");
  for (const sentence of open) page.paragraph(shown(sentence, "line"), "", 2, "dim");
  return page.text();
}

function writeHead(page: Page, { picture, states }: Audit): void {
  const { instance, startedAt } = picture;
  const tier = instance.tier === null ? "" : `, ${instance.tier}`;
  const place = `${scopeWords(picture)} of ${instance.url}`;
  page.paragraph(
    shown(place, "line").replace(/^./, (first) => first.toUpperCase()),
    "",
    2,
    "bold",
  );
  const seen = `GitLab ${instance.version}${tier}, seen by ${callerWords(picture)} on ${startedAt.slice(0, 10)} at ${startedAt.slice(11, 16)} UTC`;
  page.paragraph(shown(seen, "line"), "", 2, "dim");
  if (states.length > 0) {
    const names = states.length <= 3 ? `: ${states.join(", ")}` : "";
    const counted = states.length === 1 ? "1 state" : `${states.length} states`;
    page.paragraph(shown(`Compared with ${counted}${names}`, "line"), "", 2, "dim");
  }
  page.line("");
}

function coverageLine(page: Page, { what, count, declared, remark }: Coverage): string {
  const number = String(count).padStart(7);
  const behind = remark === undefined ? "" : page.styled(`  ${remark}`, "dim");
  if (declared === undefined) return `  ${what.padEnd(20)}${number}${behind}`;
  const share = count === 0 ? 1 : declared / count;
  const length = page.isWide ? BARS.wide : BARS.narrow;
  // Never full or empty unless it is exact.
  const full =
    share === 1
      ? length
      : Math.min(length - 1, Math.max(declared > 0 ? 1 : 0, Math.round(share * length)));
  const bar = page.styled("█".repeat(full), share === 1 ? "green" : "yellow");
  const rest = page.styled("░".repeat(length - full), "dim");
  const percent = share === 1 ? 100 : Math.min(99, Math.floor(share * 100));
  const words = count === 0 ? "" : `  ${String(percent).padStart(3)} % declared`;
  const drawn = count === 0 ? "" : `  ${bar}${rest}`;
  return `  ${what.padEnd(20)}${number}${drawn}${words}${page.isWide ? behind : ""}`;
}

function countsLine(audit: Audit): string {
  const counts = auditCounts(audit);
  const open = [
    ...some(counts.errors, "error", "errors"),
    ...some(counts.warnings, "warning", "warnings"),
    ...some(counts.notes, "note", "notes"),
  ];
  const waived = [
    ...some(counts.accepted, "in the baseline", "in the baseline"),
    ...some(counts.ignored, "ignored", "ignored"),
    ...some(counts.excepted, "excepted by the policy", "excepted by the policy"),
    ...some(audit.goneFromBaseline, "gone from the baseline", "gone from the baseline"),
  ];
  const found = open.length === 0 ? "Nothing found" : open.join(", ");
  return waived.length === 0 ? found : `${found} (${waived.join(", ")})`;
}

function writeGroup(page: Page, { code, severity, findings }: FindingGroup, all: boolean): void {
  page.line("");
  const head = page.styled(`${SIGNS[severity]} ${severity.toUpperCase()}`, STYLES[severity]);
  page.line(`${head}  ${page.styled(shown(code, "line"), "bold")} (${findings.length})`);
  const finds = KINDS[code]?.finds;
  if (finds !== undefined) page.paragraph(`${finds.replaceAll("`", "")}.`, "  ", 2, "dim");
  const told = all ? findings : findings.slice(0, MOST_OF_A_KIND);
  const width = Math.min(
    WIDEST_LABEL,
    Math.max(...told.map(({ object }) => labelOf(object).length)),
  );
  for (const finding of told) writeFinding(page, finding, width);
  const left = findings.length - told.length;
  if (left > 0) page.line(page.styled(`    … and ${left} more (--all shows them)`, "dim"));
  for (const remedy of new Set(told.map((each) => each.remedy))) {
    page.paragraph(shown(remedy, "line"), "  → ", 4);
  }
}

function labelOf({ label }: AuditFinding["object"]): string {
  return shown(label, "line", WIDEST_LABEL * 2);
}

function writeFinding(page: Page, { object, reason, declared }: AuditFinding, width: number): void {
  const label = labelOf(object);
  const said = shown(reason, "line");
  if (page.isWide && label.length <= width) {
    page.paragraph(said, `    ${label.padEnd(width)}  `, width + 6);
  } else {
    page.paragraph(label, "    ", 6);
    page.paragraph(said, "      ", 6);
  }
  const indent = page.isWide && label.length <= width ? width + 6 : 6;
  for (const { state, address } of declared.slice(0, 3)) {
    const place = `${shown(address, "line")} in ${shown(state, "line")}`;
    page.paragraph(place, " ".repeat(indent), indent, "dim");
  }
}

/** The same for many groups and projects is reported once. */
function writeGaps(page: Page, { picture }: Audit): void {
  const real = picture.gaps.filter(({ isExpected }) => !isExpected);
  if (real.length > 0) {
    page.line("");
    page.paragraph(
      `INCOMPLETE: ${real.length === 1 ? "one thing" : `${real.length} things`} could not be seen. Nothing is reported as absent because of it.`,
      "",
      2,
      STYLES.error,
    );
    for (const { reason, remedy } of real.slice(0, MOST_OF_A_KIND)) {
      page.paragraph(shown(reason, "line"), "  ", 4);
      page.paragraph(shown(remedy, "line"), "    → ", 6);
    }
    const left = real.length - MOST_OF_A_KIND;
    if (left > 0) page.line(page.styled(`    … and ${left} more (--format json has all)`, "dim"));
  }
  const expected = picture.gaps.filter(({ isExpected }) => isExpected);
  if (expected.length > 0) page.line("");
  for (const { reason } of expected.slice(0, MOST_OF_A_KIND)) {
    page.paragraph(shown(reason, "line"), "", 2, "dim");
  }
}

/** Writes lines of one width. */
class Page {
  readonly isWide: boolean;
  private readonly lines: string[] = [];
  private readonly columns: number;
  private readonly colour: boolean;

  constructor({ columns = COLUMNS, colour = false }: AuditTextOptions) {
    this.columns = Math.max(columns, LEAST_COLUMNS);
    this.isWide = this.columns >= WIDE_COLUMNS;
    this.colour = colour;
  }

  line(text: string): void {
    this.lines.push(text);
  }

  paragraph(text: string, lead: string, indent: number, style?: Style): void {
    for (const line of wrapped(text, lead, indent, this.columns))
      this.line(this.styled(line, style));
  }

  styled(text: string, style: Style | undefined): string {
    if (!this.colour || style === undefined || text === "") return text;
    // The caller, which knows the stream, decides about colour.
    return styleText(style, text, { validateStream: false });
  }

  text(): string {
    return `${this.lines.join("\n")}\n`;
  }
}
