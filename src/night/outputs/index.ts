import type { NightReport } from "../report";
import { nightJson } from "./json";
import { nightMarkdown, type NightMarkdownOptions } from "./markdown";
import { nightText } from "./text";

export { formattedStatuses, STACK_FORMATS, type StackFormat } from "./stacks";
export { readNightJson, type ReadNight } from "./json";
export { reasonInWords, nameOf } from "./sentences";

/** `github-output`: a line for the file in GITHUB_OUTPUT, by which later jobs learn how it ended. */
export const NIGHT_FORMATS = ["text", "markdown", "json", "github-output"] as const;
export type NightFormat = (typeof NIGHT_FORMATS)[number];

export function formattedNight(
  report: NightReport,
  format: NightFormat,
  options: NightMarkdownOptions,
): string {
  switch (format) {
    case "text":
      return nightText(report);
    case "markdown":
      return nightMarkdown(report, options);
    case "json":
      return nightJson(report);
    case "github-output":
      return `end=${report.end}\n`;
  }
}
