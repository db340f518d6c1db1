import type { Review } from "../review";
import { changesAnything } from "./changes-anything";
import { some, summaryLine } from "./counted";
import { rowsOf } from "./rows";

/** What a reviewer has to do, worst first. */
export const VERDICTS = ["failed", "stopped", "look", "safe", "nothing"] as const;
export type VerdictKind = (typeof VERDICTS)[number];

export interface Verdict {
  readonly kind: VerdictKind;
  /** One line: `Look at these 2: 1 account deleted, 1 gains power, 3 tokens rotate`. Without any name. */
  readonly sentence: string;
}

export function verdictOf(review: Review): Verdict {
  const count = toLookAt(review);
  const kind = kindOf(review, count);
  const opening = openingOf(kind, review, count);
  const summary = summaryLine(review);
  return { kind, sentence: opening === undefined ? summary : `${opening}: ${lowered(summary)}` };
}

function kindOf(review: Review, count: number): VerdictKind {
  if (review.errored) return "failed";
  if (errorsIn(review) > 0) return "stopped";
  if (count > 0 || othersIn(review) > 0) return "look";
  return changesAnything(review) ? "safe" : "nothing";
}

function openingOf(kind: VerdictKind, review: Review, count: number): string | undefined {
  switch (kind) {
    case "failed":
      return "Not the whole plan, since planning failed";
    case "stopped":
      return `Stopped by policy (${some(errorsIn(review), "error", "errors").join("")})`;
    case "look":
      if (count === 0) return "Look at what is not about service accounts";
      return count === 1 ? "Look at this one" : `Look at these ${count}`;
    case "safe":
      return "Safe to merge";
    case "nothing":
      return undefined;
  }
}

/** Rows, warnings and what no rule can say yet. */
function toLookAt(review: Review): number {
  return rowsOf(review).length + review.findings.length + review.notJudged.length;
}

function errorsIn({ findings }: Review): number {
  return findings.filter(({ severity }) => severity === "error").length;
}

function othersIn({ others }: Review): number {
  return others.created + others.changed + others.deleted;
}

function lowered(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}
