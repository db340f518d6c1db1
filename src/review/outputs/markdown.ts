import type { Finding } from "../../model/policy";
import { digestOfReview } from "../digest/digest";
import type { AccountReview, Change, Effect, NotJudged, Review } from "../review";
import { some } from "./counted";
import { cut, type Section } from "./cut";
import { isTogether, rowsOf, type Member, type Row } from "./rows";
import { byAttention, notJudgedSentence, othersSentence, sentenceOf } from "./sentences";
import { shown } from "./shown";
import { verdictOf, type Verdict, type VerdictKind } from "./verdict";

export interface MarkdownOptions {
  /** Which stack or job it is about, in the heading. */
  readonly title?: string;
  /** Characters that there is room for. @default no limit */
  readonly limit?: number;
  /** Where the job is, and so the whole report. */
  readonly jobUrl?: string;
}

/** Beside each stands the word that it means. */
const SIGNS: Readonly<Record<Effect | Finding["severity"], string>> = {
  destroys: "🔴",
  gains: "🟠",
  loses: "🔵",
  changes: "⚪",
  routine: "⚪",
  error: "❌",
  warning: "⚠️",
};

export const VERDICT_SIGNS: Readonly<Record<VerdictKind, string>> = {
  failed: "⛔",
  stopped: "⛔",
  look: "👀",
  safe: "✅",
  nothing: "✅",
};

/** No new line in the text: what a name begins with must not stand where a line begins. */
const LINE_BREAK = "<br>";
/** More findings than these are folded. */
const MOST_FINDINGS = 5;
/** Accounts in one entry of the details, so that a part of a long list has room where not all of it has. */
const MEMBERS_TOGETHER = 50;

/**
 * A review as Markdown that GitLab and GitHub show alike: the verdict in a line, what the policy says, a table of what needs
 * eyes, worst first, and folded: details, and what happens every night.
 */
export function reviewMarkdown(review: Review, options: MarkdownOptions = {}): string {
  const { title } = options;
  const heading = title === undefined ? "Service accounts" : `Service accounts: ${code(title)}`;
  const head = { open: [`### ${heading}`, `**${verdictMarkdown(verdictOf(review))}**`], items: [] };
  return cut([head, ...bodySections(review)], options);
}

/** `👀 Look at these 2: 1 account deleted, 1 gains power` */
export function verdictMarkdown({ kind, sentence }: Verdict): string {
  return `${VERDICT_SIGNS[kind]} ${sentence}`;
}

/** All but the heading and the verdict. */
export function bodySections(review: Review): Section[] {
  const rows = rowsOf(review);
  return [
    // Another bullet than the findings', or Markdown would make one list of both.
    { open: [], items: review.remarks.map((remark) => `* ⚠️ ${prose(remark)}`), share: 0.1 },
    ...findingSections(review.findings),
    tableSection(rows),
    { open: [], items: review.notJudged.map(questionItem), share: 0.1 },
    ...detailSections(rows),
    ...routineSections(review),
    { open: [othersSentence(review.others) ?? "", digestLine(review)], items: [] },
  ];
}

function findingSections(findings: readonly Finding[]): Section[] {
  const items = findings.map(findingItem);
  const rest = items.slice(MOST_FINDINGS);
  const first: Section = { open: [], items: items.slice(0, MOST_FINDINGS), share: 0.2 };
  if (rest.length === 0) return [first];
  const summary = some(rest.length, "more finding", "more findings").join("");
  return [first, folded(summary, rest, 0.2)];
}

function tableSection(rows: readonly Row[]): Section {
  const lead = [
    "| # | effect | account | what | from → to | where |",
    "| --: | :-- | :-- | :-- | :-- | :-- |",
  ].join("\n");
  return { open: [], lead, items: rows.map(tableRow), share: 0.6 };
}

function tableRow(row: Row, at: number): string {
  const { effect, summary, from, to, object } = row.change;
  const [first] = row.members;
  const account = isTogether(row)
    ? `**${row.members.length} accounts**`
    : code(first?.account ?? "");
  const cells = [
    String(at + 1),
    `${SIGNS[effect]}\u00a0${effect}`,
    account,
    prose(summary),
    arrow(from, to),
    prose(object),
  ];
  return `| ${cells.join(" | ")} |`;
}

function arrow(from: string | undefined, to: string | undefined): string {
  if (from === undefined && to === undefined) return "";
  return [from === undefined ? "" : prose(from), "→", to === undefined ? "" : prose(to)]
    .filter((word) => word !== "")
    .join(" ");
}

/** What the table has no room for: whose it is, what it means, and what the engine calls it. */
function detailSections(rows: readonly Row[]): Section[] {
  const items = rows.flatMap((row, at) => detailItems(row, at + 1));
  return items.length === 0 ? [] : [folded("Details and addresses", items, 0.7)];
}

function detailItems({ change, members }: Row, number: number): string[] {
  const details = change.details.map(prose);
  const lists = Array.from({ length: Math.ceil(members.length / MEMBERS_TOGETHER) }, (_, at) =>
    members.slice(at * MEMBERS_TOGETHER, (at + 1) * MEMBERS_TOGETHER),
  );
  return lists.map((list, at) =>
    [
      `- **${number}** · ${list.map((each) => memberWords(each)).join(LINE_BREAK)}`,
      ...(at === 0 ? details : []),
    ].join(LINE_BREAK),
  );
}

function memberWords({ account, owner, address }: Member): string {
  const whose = owner === undefined ? "" : ` · ${prose(owner)}`;
  return `${code(account)}${whose} · <sub>${code(address)}</sub>`;
}

function routineSections(review: Review): Section[] {
  const items = review.accounts.flatMap((account) =>
    byAttention(account).routine.map((change) => routineItem(account, change)),
  );
  if (items.length === 0) return [];
  const kinds = review.accounts.flatMap(({ changes }) =>
    changes.filter(({ effect }) => effect === "routine").map(({ kind }) => kind),
  );
  const rotations = kinds.filter((kind) => kind === "rotation").length;
  const revocations = kinds.filter((kind) => kind === "revocation-due").length;
  const words = [
    ...some(rotations, "rotation", "rotations"),
    ...some(revocations, "revocation", "revocations"),
    ...some(kinds.length - rotations - revocations, "other", "others"),
  ];
  return [folded(`Routine: ${words.join(", ")}`, items)];
}

function folded(summary: string, items: readonly string[], share?: number): Section {
  const open = [`<details><summary>${summary}</summary>`];
  return { open, items, close: "</details>", ...(share !== undefined && { share }) };
}

/** By which an apply is held to what is shown here. */
function digestLine(review: Review): string {
  return `<sub>Digest ${code(digestOfReview(review))}</sub>`;
}

function findingItem({ severity, rule, object, address, detail, remedy }: Finding): string {
  const lines = [
    `- ${SIGNS[severity]} **${severity}** · ${prose(object)}: ${prose(detail)}`,
    `${prose(remedy)} <sub>${code(rule)} ${code(address)}</sub>`,
  ];
  return lines.join(LINE_BREAK);
}

function questionItem(question: NotJudged): string {
  const said = prose(notJudgedSentence(question));
  return `* ⏳ **open** · ${said} <sub>${code(question.rule)} ${code(question.address)}</sub>`;
}

function routineItem({ account }: AccountReview, change: Change): string {
  const said = `${prose(change.object)}: ${sentenceOf(change, "markdown")}`;
  return [`- ${code(account)} · ${said}`, ...change.details.map(prose)].join(LINE_BREAK);
}

function prose(text: string): string {
  return shown(text, "markdown");
}

function code(text: string): string {
  return shown(text, "code");
}
