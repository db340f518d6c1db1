import { styleText } from "node:util";
import type { Finding } from "../../model/policy";
import { digestOfReview } from "../digest/digest";
import type { Effect, NotJudged, Review } from "../review";
import { columnWidth, padded } from "./columns";
import { isTogether, rowsOf, type Row } from "./rows";
import { byAttention, notJudgedSentence, othersSentence, sentenceOf } from "./sentences";
import { shown } from "./shown";
import { verdictOf } from "./verdict";
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
/** From here on accounts, places and changes stand in columns. */
const TABLE_COLUMNS = 80;
/** Room for the longest label, and the space around it. */
const INDENT = 12;
/** A longer name exceeds its column. */
const WIDEST_COLUMN = 32;

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

/** A review for a terminal or a job's log, in the order of the note: verdict, findings, changes worst first, routine. */
export function reviewText(review: Review, options: TextOptions = {}): string {
  const pen = new Pen(options);
  pen.paragraph(verdictOf(review).sentence, "", 0, "bold");
  for (const remark of review.remarks) pen.paragraph(shown(remark, "line"), "", 0);
  for (const finding of review.findings) writeFinding(pen, finding);
  writeRows(pen, rowsOf(review));
  for (const question of review.notJudged) writeQuestion(pen, question);
  writeRoutine(pen, review);
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

function writeRows(pen: Pen, rows: readonly Row[]): void {
  const cells = rows.map((row) => [whoseOf(row), shown(row.change.object, "line")] as const);
  const widths = [0, 1].map((column) =>
    columnWidth(
      cells.map((pair) => pair[column] ?? ""),
      WIDEST_COLUMN,
    ),
  );
  if (rows.length > 0) pen.line("");
  rows.forEach((row, at) => {
    const { change, members } = row;
    const [account = "", object = ""] = cells[at] ?? [];
    pen.row(change.effect, [account, object], widths, sentenceOf(change, "line"));
    for (const detail of change.details) pen.below(shown(detail, "line"));
    for (const { account: name, owner, address } of members) {
      const whose = isTogether(row) ? [shown(name, "line")] : [];
      const where = owner === undefined ? [] : [shown(owner, "line")];
      pen.below([...whose, ...where, shown(address, "line")].join(" · "), "dim");
    }
  });
}

function whoseOf(row: Row): string {
  if (isTogether(row)) return `${row.members.length} accounts`;
  return shown(row.members[0]?.account ?? "", "line");
}

function writeRoutine(pen: Pen, review: Review): void {
  const accounts = review.accounts.map((account) => ({
    account: account.account,
    routine: byAttention(account).routine,
  }));
  const lines = accounts.filter(({ routine }) => routine.length > 0);
  if (lines.length > 0) pen.line("");
  for (const { account, routine } of lines) {
    routine.forEach((change, index) => {
      const said = `${shown(change.object, "line")}: ${sentenceOf(change, "line")}`;
      pen.labelled("routine", `${shown(account, "line")} · ${said}`);
      for (const detail of change.details) pen.below(shown(detail, "line"));
      // One resource, told once.
      const isLast = change.address !== routine[index + 1]?.address;
      if (isLast) pen.below(shown(change.address, "line"), "dim");
    });
  }
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
    this.begun(label, wrapped(text, " ".repeat(INDENT), INDENT, this.columns));
  }

  /** A row of a table; where there is no room for columns, what changes stands below. */
  row(
    label: keyof typeof STYLES,
    cells: readonly string[],
    widths: readonly number[],
    text: string,
  ): void {
    const wide = widths.reduce((sum, width) => sum + width + 2, INDENT);
    if (this.columns < TABLE_COLUMNS || wide > this.columns - WIDEST_COLUMN) {
      this.labelled(label, cells.join(" · "));
      this.below(text);
      return;
    }
    const columns = cells.map((cell, at) => `${padded(cell, widths[at] ?? 0)}  `).join("");
    this.begun(label, wrapped(text, `${" ".repeat(INDENT)}${columns}`, wide, this.columns));
  }

  below(text: string, style?: Style): void {
    this.paragraph(text, " ".repeat(INDENT), INDENT, style);
  }

  text(): string {
    return `${this.lines.join("\n")}\n`;
  }

  /** Lines whose first one has room for the label. */
  private begun(label: keyof typeof STYLES, [first = "", ...rest]: readonly string[]): void {
    const word = this.styled(label, STYLES[label]);
    this.line(`  ${word}${" ".repeat(INDENT - 2 - label.length)}${first.slice(INDENT)}`);
    for (const line of rest) this.line(line);
  }

  private styled(text: string, style: Style | undefined): string {
    if (!this.colour || style === undefined || text === "") return text;
    // Whether there is colour is decided by who knows the stream.
    return styleText(style, text, { validateStream: false });
  }
}
