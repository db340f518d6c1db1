import { codeSpan, inlineCode } from "./inline-code";

/**
 * Where a text is read: on a terminal, in a job's log or a report's message (`line`), as a sentence in Markdown
 * (`markdown`), as a name there (`code`), or in a page, whose writer escapes it (`page`).
 */
export type Medium = "line" | "markdown" | "code" | "page";

/** The longest that a name or sentence is shown, in characters. What is longer loses its middle. */
const LONGEST = 300;
const KEPT_END = 60;

/** Blanks that are as good as a space where every text has one line. */
const LINE_BLANKS = /[\t\n\v\f\r ]+/g;
/** Control, bidi and zero-width characters, and other invisible ones. An emoji's variation (U+FE0F) is harmless. */
const HIDDEN = /(?!\n|\uFE0F)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
/**
 * What the logs of GitLab, GitHub, Azure and TeamCity take for commands: `section_start:`, `##[group]`,
 * `##vso[...]`, `::error::` where a line begins. A colon may
 * follow what ends with one.
 */
const LOG_COMMANDS = /(?<=section_(?:start|end)):|(?<=#)#(?=\w*\[)|(?<=^|\s)(?:::|:$)/g;

/**
 * A text made harmless for its output, on one line. Names come from plans, so users who can name a token decide their
 * contents. An invisible character, or one that a log would interpret, is shown by its number: `\u202e`.
 */
export function shown(text: string, medium: Medium, longest = LONGEST): string {
  const short = shortened(text.replace(LINE_BLANKS, " ").trim(), longest);
  // No runner reads a page for commands.
  if (medium === "page") return byNumbers(short, HIDDEN);
  const line = harmless(short);
  if (medium === "line") return line;
  return medium === "markdown" ? inlineCode(line) : codeSpan(line || "(blank)");
}

/** A document as JSON: every string keeps its value, and nothing that is hidden or a log's command is written raw. */
export function shownJson(document: unknown): string {
  return `${harmless(JSON.stringify(document, undefined, 2))}\n`;
}

function harmless(text: string): string {
  return byNumbers(byNumbers(text, HIDDEN), LOG_COMMANDS);
}

function byNumbers(text: string, characters: RegExp): string {
  return text.replace(characters, (found) =>
    found
      .split("")
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join(""),
  );
}

function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const characters = [...text];
  const left = characters.length - longest;
  if (left <= 0) return text;
  const start = characters.slice(0, longest - KEPT_END).join("");
  const end = characters.slice(-KEPT_END).join("");
  return `${start}…(${left} more characters)…${end}`;
}
