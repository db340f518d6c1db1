import type { Channel } from "../config";
import { shown, shownJson } from "../review/outputs";
import type { Item, Message } from "./message";

/** More are counted: a chat is no report. */
const MOST_ITEMS = 10;
/** The longest title that Slack takes. */
const LONGEST_TITLE = 150;
/** The longest text that Slack takes in one block. */
const LONGEST_BLOCK = 3000;

/** What is sent to a place, as JSON. Texts stand where the place interprets nothing in them, or are escaped for it. */
export function bodyFor(channel: Channel, message: Message): string {
  switch (channel) {
    case "webhook":
      return webhook(message);
    case "slack":
      return slack(message);
    case "teams":
      return teams(message);
    case "mattermost":
      return mattermost(message);
  }
}

/** Raised in its first number by what could break a reader, in its second by what is added. */
const FORMAT_VERSION = "1.0";

/** Names are whole. */
function webhook({ occasion, name, title, reason, items, remedy, jobUrl }: Message): string {
  return shownJson({
    format_version: FORMAT_VERSION,
    ...{ occasion, name, title, reason, items, remedy },
    job_url: jobUrl ?? null,
  });
}

/** Plain text, in which Slack reads neither mentions nor links. */
function slack(message: Message): string {
  const header = headerOf(message);
  return JSON.stringify({
    // For notifications, where three characters mean something.
    text: header.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;"),
    unfurl_links: false,
    unfurl_media: false,
    blocks: [
      { type: "header", text: plainText(header, LONGEST_TITLE) },
      { type: "section", text: plainText(linesOf(message).join("\n"), LONGEST_BLOCK) },
    ],
  });
}

function plainText(text: string, longest: number) {
  return { type: "plain_text", emoji: false, text: [...text].slice(0, longest).join("") };
}

/** Runs of text in an adaptive card, in which Teams reads no Markdown. */
function teams(message: Message): string {
  const run = (text: string, style: object = {}) => ({
    type: "RichTextBlock",
    inlines: [{ type: "TextRun", text, ...style }],
  });
  const content = {
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    type: "AdaptiveCard",
    version: "1.4",
    body: [
      run(headerOf(message), { weight: "Bolder" }),
      ...linesOf(message).map((line) => run(line)),
    ],
  };
  const contentType = "application/vnd.microsoft.card.adaptive";
  return JSON.stringify({ type: "message", attachments: [{ contentType, content }] });
}

/** Markdown, with everything that could mean something in code spans. */
function mattermost(message: Message): string {
  const lines = [headerOf(message), ...linesOf(message)].map((line) => shown(line, "markdown"));
  return JSON.stringify({ text: lines.join("\n\n") });
}

function headerOf({ name, title }: Message): string {
  return `${shown(name, "line", LONGEST_TITLE / 2)}: ${title}`;
}

function linesOf({ reason, items, remedy, jobUrl }: Message): string[] {
  const left = items.length - MOST_ITEMS;
  return [
    ...(reason === null ? [] : [shown(reason, "line")]),
    ...items.slice(0, MOST_ITEMS).map(itemLine),
    ...(left > 0 ? [`and ${left} more`] : []),
    remedy,
    ...(jobUrl === undefined ? [] : [jobUrl]),
  ];
}

/** Short enough that all of them have room in one block. */
const LONGEST_NAME = 80;

function itemLine({ account, object, address, text }: Item): string {
  const named = [account, object].filter((word) => word !== "");
  const words = (named.length === 0 ? [address] : named).map((word) =>
    shown(word, "line", LONGEST_NAME),
  );
  return `• ${words.join(", ")}: ${shown(text, "line", 2 * LONGEST_NAME)}`;
}
