import { EFFECTS, type Effect, type Review } from "../review";
import { cut } from "./cut";
import {
  bodySections,
  reviewMarkdown,
  VERDICT_SIGNS,
  verdictMarkdown,
  type MarkdownOptions,
} from "./markdown";
import { shown } from "./shown";
import { VERDICTS, verdictOf, type Verdict } from "./verdict";

/** One of several plans that are told together. */
export interface StackReview {
  readonly name: string;
  readonly review: Review;
}

/** Least room, in characters, for what a stack does; with less, its row in the table has to do. */
const LEAST_ROOM = 700;

interface JudgedStack extends StackReview {
  readonly verdict: Verdict;
}

/** The stacks worst first; equally bad ones in the order they were given. */
export function worstFirst(stacks: readonly StackReview[]): JudgedStack[] {
  const rank = ({ verdict }: JudgedStack) => VERDICTS.indexOf(verdict.kind);
  return stacks
    .map((stack) => ({ ...stack, verdict: verdictOf(stack.review) }))
    .sort((left, right) => rank(left) - rank(right));
}

/** One note about several plans: a table of the stacks, worst first, then what each does, folded where it is safe. */
export function stacksMarkdown(
  stacks: readonly StackReview[],
  { limit = Infinity, jobUrl }: Omit<MarkdownOptions, "title"> = {},
): string {
  const [only, ...more] = stacks;
  if (only !== undefined && more.length === 0) {
    const options = { title: only.name, limit, ...(jobUrl !== undefined && { jobUrl }) };
    return reviewMarkdown(only.review, options);
  }
  const sorted = worstFirst(stacks);
  const head = [
    `### Service accounts: ${stacks.length} stacks`,
    `**${verdictsInWords(sorted)}**`,
    tableOf(sorted),
  ].join("\n\n");
  const parts: string[] = [];
  let room = limit - head.length - 2;
  sorted.forEach(({ name, review, verdict }, at) => {
    const budget = Math.floor(room / (sorted.length - at));
    const isSafe = ["safe", "nothing"].includes(verdict.kind);
    const open = `<details${isSafe ? "" : " open"}><summary>${nameInSummary(name)}</summary>`;
    const frame = open.length + "\n\n\n</details>\n\n".length;
    if (budget - frame < LEAST_ROOM) return;
    const body = cut(bodySections(review), {
      limit: budget - frame,
      ...(jobUrl !== undefined && { jobUrl }),
    });
    parts.push(`${open}\n\n${body}\n</details>`);
    room -= body.length + frame;
  });
  return `${[head, ...parts].join("\n\n")}\n`;
}

function verdictsInWords(stacks: readonly JudgedStack[]): string {
  const [worst] = stacks;
  if (worst === undefined) return "";
  const { kind } = worst.verdict;
  const count = stacks.filter(({ verdict }) => verdict.kind === kind).length;
  return `${VERDICT_SIGNS[kind]} ${count} of ${stacks.length} ${WORDS[kind]}`;
}

const WORDS: Readonly<Record<(typeof VERDICTS)[number], string>> = {
  failed: "could not be planned",
  stopped: "stopped by policy",
  look: "to look at",
  safe: "safe to merge",
  nothing: "change nothing",
};

function tableOf(stacks: readonly JudgedStack[]): string {
  const rows = stacks.map(({ name, review, verdict }) => {
    const changes = review.accounts.flatMap((account) => account.changes);
    const count = (wanted: Effect) => changes.filter(({ effect }) => effect === wanted).length;
    const cells = [shown(name, "code"), verdictMarkdown(verdict), ...EFFECTS.map(count)];
    return `| ${cells.join(" | ")} |`;
  });
  return [
    `| stack | verdict | ${EFFECTS.join(" | ")} |`,
    `| :-- | :-- |${EFFECTS.map(() => " --: |").join("")}`,
    ...rows,
  ].join("\n");
}

/** A summary is HTML, in which Markdown's code spans mean nothing. */
function nameInSummary(name: string): string {
  const escaped = shown(name, "line").replace(
    /[!-/:-@[-`{-~]/g,
    (sign) => `&#${sign.charCodeAt(0)};`,
  );
  return `<code>${escaped}</code>`;
}
