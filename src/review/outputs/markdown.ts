import type { Finding } from "../../model/policy";
import type { AccountReview, Change, Effect, NotJudged, Review } from "../review";
import { digestOfReview } from "../digest/digest";
import { some, summaryLine } from "./counted";
import { cut, type Section } from "./cut";
import { byAttention, notJudgedSentence, othersSentence, sentenceOf } from "./sentences";
import { shown } from "./shown";

export interface MarkdownOptions {
  /** Which stack or job it is about, in the heading. */
  readonly title?: string;
  /** Characters that there is room for. @default no limit */
  readonly limit?: number;
  /** Where the job is, and so the whole report. */
  readonly jobUrl?: string;
}

const SIGNS: Readonly<Record<Effect | Finding["severity"], string>> = {
  destroys: "🔴",
  gains: "🟠",
  loses: "🔵",
  changes: "⚪",
  routine: "⚪",
  error: "❌",
  warning: "⚠️",
};

/** No new line in the text: what a name begins with must not stand where a line begins. */
const LINE_BREAK = "<br>";

/**
 * A review as Markdown that GitLab and GitHub show alike: what it amounts to, then what needs eyes, by account and
 * worst first; what happens every night is folded.
 */
export function reviewMarkdown(review: Review, options: MarkdownOptions = {}): string {
  return cut(sectionsOf(review, options.title), options);
}

function sectionsOf(review: Review, title: string | undefined): Section[] {
  const heading = title === undefined ? "Service accounts" : `Service accounts: ${code(title)}`;
  const accounts = review.accounts.map((account) => ({ account, ...byAttention(account) }));
  const routine = accounts.flatMap((each) =>
    each.routine.map((change) => routineItem(each.account, change)),
  );
  return [
    { open: [`### ${heading}`, `**${summaryLine(review)}**`], items: [] },
    // Another bullet than the findings', or Markdown would make one list of both.
    { open: [], items: review.remarks.map((remark) => `* ⚠️ ${prose(remark)}`), share: 0.1 },
    { open: [], items: review.findings.map(findingItem), share: 0.4 },
    { open: [], items: review.notJudged.map(questionItem), share: 0.1 },
    ...accounts
      .filter(({ eyes }) => eyes.length > 0)
      .map(({ account, eyes }) => ({ open: [accountHead(account)], items: eyes.map(changeItem) })),
    ...(routine.length === 0 ? [] : [folded(review, routine)]),
    { open: [othersSentence(review.others) ?? "", digestLine(review)], items: [] },
  ];
}

/** By which an apply is held to what is shown here. */
function digestLine(review: Review): string {
  return `<sub>Digest ${code(digestOfReview(review))}</sub>`;
}

function folded(review: Review, items: string[]): Section {
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
  const summary = `<summary>Routine: ${words.join(", ")}</summary>`;
  return { open: [`<details>${summary}`], items, close: "</details>" };
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

function accountHead({ account, owner }: AccountReview): string {
  return `**${code(account)}**${owner === undefined ? "" : ` · ${prose(owner)}`}`;
}

function changeItem(change: Change): string {
  const { effect, object, address, details } = change;
  const said = `${prose(object)}: ${sentenceOf(change, "markdown")}`;
  const headline = `- ${SIGNS[effect]} **${effect}** · ${said} · <sub>${code(address)}</sub>`;
  return [headline, ...details.map(prose)].join(LINE_BREAK);
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
