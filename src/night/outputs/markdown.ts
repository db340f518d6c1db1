import { cut, othersSentence, sentenceOf, shown, type Section } from "../../review/outputs";
import type { LeftToken, NightReport, WaitingChange } from "../report";
import { nameOf, reasonInWords, verdict } from "./sentences";

export interface NightMarkdownOptions {
  /** Which stack it is about, in the heading. */
  readonly title?: string;
  /** Characters that there is room for. @default no limit */
  readonly limit?: number;
}

/** For a job's summary or an issue: how it went, what was left, what waits, and folded what was done. */
export function nightMarkdown(report: NightReport, options: NightMarkdownOptions = {}): string {
  const { title, limit } = options;
  const heading = title === undefined ? "Rotation" : `Rotation: ${shown(title, "code")}`;
  const others = othersSentence(report.others);
  return cut(
    [
      { open: [`### ${heading}`, `**${shown(verdict(report), "markdown")}**`], items: [] },
      section("Not rotated:", report.left.map(leftItem)),
      section("Waits for a person:", [
        ...report.waiting.map(waitingItem),
        ...(others === undefined ? [] : [`- ${others}`]),
      ]),
      section("Still in use, so not revoked yet:", report.held.map(waitingItem)),
      doneSection(report),
    ].filter(({ open }) => open.length > 0),
    limit === undefined ? {} : { limit },
  );
}

function section(title: string, items: string[]): Section {
  return items.length === 0 ? { open: [], items } : { open: [title], items };
}

function doneSection({ done, isDryRun }: NightReport): Section {
  const items = done.flatMap(({ changes, ...token }) =>
    changes.map((change) => `- ${nameOf(token, "markdown")}: ${sentenceOf(change, "markdown")}`),
  );
  if (items.length === 0) return { open: [], items };
  const word = isDryRun ? "Would be applied" : "Applied";
  return {
    open: [`<details><summary>${word}: ${done.length}</summary>`],
    items,
    close: "</details>",
  };
}

function leftItem(token: LeftToken): string {
  const said = `${nameOf(token, "markdown")}: ${reasonInWords(token.reason)}`;
  const lines = [`- ${said} <sub>${shown(token.address, "code")}</sub>`];
  return [...lines, ...token.others.map((line) => shown(line, "markdown"))].join("<br>");
}

function waitingItem({ change, ...token }: WaitingChange): string {
  const said = `${nameOf(token, "markdown")}: ${sentenceOf(change, "markdown")}`;
  return `- ${said} <sub>${shown(token.address, "code")}</sub>`;
}
