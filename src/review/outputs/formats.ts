import { worstFirst, stacksMarkdown, type StackReview } from "./stacks";
import { codeQuality, sarif } from "./finding-reports";
import { reviewDocument, reviewJson, stacksJson } from "./json";
import { reviewMarkdown } from "./markdown";
import type { Review } from "../review";
import { shown, shownJson } from "./shown";
import { reviewText, type TextOptions } from "./text";
import { verdictOf } from "./verdict";

export const FORMATS = [
  "text",
  "markdown",
  "summary",
  "json",
  "gitlab-terraform",
  "code-quality",
  "sarif",
] as const;
export type Format = (typeof FORMATS)[number];

export interface OutputOptions extends TextOptions {
  /** Which stack or job it is about. */
  readonly title?: string;
  /** The file that findings are shown at, where a report wants one. */
  readonly file: string;
}

export function formatted(review: Review, format: Format, options: OutputOptions): string {
  switch (format) {
    case "text":
      return reviewText(review, options);
    case "markdown":
      return reviewMarkdown(review, options);
    case "summary":
      return summary(review, options.title);
    case "json":
      return reviewJson(review);
    case "gitlab-terraform":
      return shownJson(review.planned);
    case "code-quality":
      return codeQuality(review.findings, options);
    case "sarif":
      return sarif(review.findings, options);
  }
}

/** Several plans as one report. */
export function formattedStacks(
  stacks: readonly StackReview[],
  format: Format,
  options: OutputOptions,
): string {
  const sorted = worstFirst(stacks);
  const findings = sorted.flatMap(({ review }) => review.findings);
  switch (format) {
    case "text":
      return sorted
        .map(({ name, review }) => `${shown(name, "line")}\n${reviewText(review, options)}`)
        .join("\n");
    case "markdown":
      return stacksMarkdown(stacks);
    case "summary":
      return sorted.map(({ name, review }) => summary(review, name)).join("");
    case "json":
      return stacksJson(stacks.map(({ name, review }) => ({ name, ...reviewDocument(review) })));
    case "gitlab-terraform":
      return shownJson(plannedIn(stacks));
    case "code-quality":
      return codeQuality(findings, options);
    case "sarif":
      return sarif(findings, options);
  }
}

function plannedIn(stacks: readonly StackReview[]): Review["planned"] {
  const sum = (key: keyof Review["planned"]) =>
    stacks.reduce((total, { review }) => total + review.planned[key], 0);
  return { create: sum("create"), update: sum("update"), delete: sum("delete") };
}

/** One line, for chats: no name in it but the stack's. */
function summary(review: Review, title: string | undefined): string {
  const { sentence } = verdictOf(review);
  return `${title === undefined ? "" : `${shown(title, "line")}: `}${sentence}\n`;
}
