import type { Review } from "../../review";
import {
  compare,
  expectationOfDigest,
  expectationOfJson,
  type Comparison,
  type Expectation,
} from "../../review/digest";
import { sentenceOf, shown, some } from "../../review/outputs";
import { reviewedBefore } from "../../review/posting";
import { withCode } from "../../model/code";
import { readInput } from "../read-input";

/** What a plan is compared with, and how that is called. */
export interface Expected {
  readonly label: string;
  readonly expectation: Expectation;
  /** Told where nothing was reviewed. */
  readonly remark?: string;
}

/** What `--expect` names: a digest, the note of the merge request, or a review as JSON. */
export async function expectedBy(option: string, name: string | undefined): Promise<Expected> {
  if (option === "note") {
    const { label, isFound, expectation } = await reviewedBefore(process.env, name);
    if (isFound) return { label: `the note on ${label}`, expectation };
    const remark = `There is no note of a review of ${shown(name ?? "", "line")} on ${label}, so that nothing was to change but what is due.`;
    return { label: "a note that is not there", expectation, remark };
  }
  if (option.startsWith("v1:")) {
    return { label: "the review of this digest", expectation: expectationOfDigest(option) };
  }
  const text = await readInput(option);
  return { label: shown(option, "line"), expectation: expectationOfJson(text) };
}

/** Most changes that are listed; the review itself holds all. */
const MOST_LISTED = 20;

/** Says how a plan compares with what was reviewed. @returns whether it may be applied */
export function tellComparison(review: Review, { label, expectation, remark }: Expected): boolean {
  const comparison = compare(review, expectation);
  const lines = comparison.agrees
    ? agreement(comparison, label)
    : refusal(comparison, label, expectation);
  for (const line of [...(remark === undefined ? [] : [remark]), ...lines]) {
    process.stderr.write(`${line}\n`);
  }
  return comparison.agrees;
}

function agreement({ done, dueSince }: Comparison, label: string): string[] {
  const less = some(done ?? 0, "change", "changes").map((words) => `, without ${words} of it`);
  return [
    `The plan does what was reviewed (${label})${less.join("")}.`,
    ...(dueSince.length === 0 ? [] : ["Due by itself, and allowed:", ...listed(dueSince)]),
  ];
}

function refusal(
  { beyond, othersBeyond }: Comparison,
  label: string,
  { prints }: Expectation,
): string[] {
  const others = some(othersBeyond, "resource", "resources").map(
    (words) => `  ${words} that are not about service accounts`,
  );
  const what =
    prints === undefined
      ? "Only the digest is known, so any of these may differ:"
      : "Not reviewed:";
  return [
    `The plan would do more or other than what was reviewed (${label}).`,
    what,
    ...listed(beyond),
    ...others,
    withCode(
      "Apply first what was merged before, or have this plan reviewed: a merge request that is planned now shows it.",
      "other-than-reviewed",
    ),
  ];
}

function listed(changes: Comparison["beyond"]): string[] {
  const lines = changes
    .slice(0, MOST_LISTED)
    .map((change) => `  ${shown(change.address, "line")}: ${sentenceOf(change, "line")}`);
  const left = changes.length - lines.length;
  return left === 0 ? lines : [...lines, `  and ${left} more`];
}
