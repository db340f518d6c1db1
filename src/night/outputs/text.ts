import { othersSentence, sentenceOf, shown } from "../../review/outputs";
import type { LeftToken, NightReport, WaitingChange } from "../report";
import { nameOf, reasonInWords, verdict } from "./sentences";

/** A line names an object and what would happen to it. */
const LONGEST_LINE = 1000;

/** For a job's log: how it went, then what was left, then what was done. */
export function nightText(report: NightReport): string {
  const others = othersSentence(report.others);
  const lines = [
    verdict(report),
    ...report.left.flatMap(leftLines),
    ...heading("Waits for a person:", [
      ...report.waiting.map(waitingLine),
      ...(others === undefined ? [] : [others]),
    ]),
    ...heading(
      report.isDryRun ? "Would be applied:" : "Applied:",
      report.done.flatMap(({ changes, ...token }) =>
        changes.map((change) => `${nameOf(token, "line")}: ${sentenceOf(change, "line")}`),
      ),
    ),
    ...heading("Still in use, so not revoked yet:", report.held.map(waitingLine)),
  ];
  return `${lines.join("\n")}\n`;
}

function leftLines(token: LeftToken): string[] {
  const word = token.reason === "limit" ? "LEFT" : "NOT ROTATED";
  const address = shown(token.address, "line");
  return [
    `${word}: ${address} (${nameOf(token, "line")}): ${reasonInWords(token.reason)}.`,
    ...token.others.map((line) => `  ${shown(line, "line", LONGEST_LINE)}`),
  ];
}

function waitingLine({ change, ...token }: WaitingChange): string {
  return `${shown(token.address, "line")} (${nameOf(token, "line")}): ${sentenceOf(change, "line")}`;
}

function heading(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];
}
