import type { Review } from "../review";
import { codeQuality, sarif } from "./finding-reports";
import { reviewJson } from "./json";
import { reviewMarkdown } from "./markdown";
import { shownJson } from "./shown";
import { reviewText, type TextOptions } from "./text";

export const FORMATS = [
  "text",
  "markdown",
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
