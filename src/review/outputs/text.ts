import { styleText } from "node:util";
import type { Finding } from "../../model/policy";
import type { AccountReview, Change, Effect, NotJudged, Review } from "../review";
import { digestOfReview } from "../digest/digest";
import { summaryLine } from "./counted";
import { byAttention, notJudgedSentence, othersSentence, sentenceOf } from "./sentences";
import { shown } from "./shown";
import { wrapped } from "./wrapped";

export interface TextOptions {
  /** Where lines end. @default 100 */
  readonly columns?: number;
  /** @default false */
  readonly colour?: boolean;
}

type Style = Parameters<typeof styleText>[0];

const COLUMNS = 100;
/** Narrower than that, nothing could be read. */
const LEAST_COLUMNS = 40;
/** Room for the longest label, and the space around it. */
const INDENT = 12;

const STYLES: Readonly<Record<Effect | Finding["severity"] | "open", Style>> = {
  destroys: ["bold", "red"],
  gains: ["bold", "yellow"],
  loses: "cyan",
  changes: "bold",
  routine: "dim",
  error: ["bold", "red"],
  warning: ["bold", "yellow"],
  open: "yellow",
};

/** A review for a terminal or a job's log: what it amounts to first, then by account, worst first. */
export function reviewText(review: Review, options: TextOptions = {}): string {
  const pen = new Pen(options);
  pen.paragraph(summaryLine(review), "", 0, "bold");
  for (const remark of review.remarks) pen.paragraph(shown(remark, "line"), "", 0);
  for (const finding of review.findings) writeFinding(pen, finding);
  for (const question of review.notJudged) writeQuestion(pen, question);
  for (const account of review.accounts) writeAccount(pen, account);
  const others = othersSentence(review.others);
  if (others !== undefined) {
    pen.line("");
    pen.paragraph(others, "", 0);
  }
  pen.line("");
  pen.line(`Digest ${digestOfReview(review)}`, "dim");
  return pen.text();
}

function writeFinding(pen: Pen, finding: Finding): void {
  const { severity, rule, object, address, detail, remedy } = finding;
  pen.line("");
  pen.labelled(severity, `${shown(object, "line")}: ${shown(detail, "line")}`);
  pen.below(shown(remedy, "line"));
  // What an exception would name.
  pen.below(`${shown(rule, "line")} ${shown(address, "line")}`, "dim");
}

function writeQuestion(pen: Pen, question: NotJudged): void {
  pen.line("");
  pen.labelled("open", shown(notJudgedSentence(question), "line"));
  pen.below(`${shown(question.rule, "line")} ${shown(question.address, "line")}`, "dim");
}

function writeAccount(pen: Pen, account: AccountReview): void {
  const owner = account.owner === undefined ? "" : ` (${shown(account.owner, "line")})`;
  pen.line("");
  pen.line(`${shown(account.account, "line")}${owner}`, "bold");
  const { eyes, routine } = byAttention(account);
  const changes = [...eyes, ...routine];
  changes.forEach((change, index) => {
    writeChange(pen, change);
    // One resource, told once.
    const isLast = change.address !== changes[index + 1]?.address;
    if (isLast) pen.below(shown(change.address, "line"), "dim");
  });
}

function writeChange(pen: Pen, change: Change): void {
  pen.labelled(change.effect, `${shown(change.object, "line")}: ${sentenceOf(change, "line")}`);
  for (const detail of change.details) pen.below(shown(detail, "line"));
}

/** Writes lines of one width. */
class Pen {
  private readonly lines: string[] = [];
  private readonly columns: number;
  private readonly colour: boolean;

  constructor({ columns = COLUMNS, colour = false }: TextOptions) {
    this.columns = Math.max(columns, LEAST_COLUMNS);
    this.colour = colour;
  }

  line(text: string, style?: Style): void {
    this.lines.push(this.styled(text, style));
  }

  paragraph(text: string, lead: string, indent: number, style?: Style): void {
    for (const line of wrapped(text, lead, indent, this.columns)) this.line(line, style);
  }

  /** A text behind the coloured word that says how bad it is. */
  labelled(label: keyof typeof STYLES, text: string): void {
    const [first = "", ...rest] = wrapped(text, " ".repeat(INDENT), INDENT, this.columns);
    const word = this.styled(label, STYLES[label]);
    this.line(`  ${word}${" ".repeat(INDENT - 2 - label.length)}${first.slice(INDENT)}`);
    for (const line of rest) this.line(line);
  }

  below(text: string, style?: Style): void {
    this.paragraph(text, " ".repeat(INDENT), INDENT, style);
  }

  text(): string {
    return `${this.lines.join("\n")}\n`;
  }

  private styled(text: string, style: Style | undefined): string {
    if (!this.colour || style === undefined || text === "") return text;
    // Whether there is colour is decided by who knows the stream.
    return styleText(style, text, { validateStream: false });
  }
}
