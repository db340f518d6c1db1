import type { Review } from "../review";
import { digestOfReview } from "../digest/digest";
import { counted } from "./counted";
import { shownJson } from "./shown";

/** Raised in its first number by what could break a reader, in its second by what is added. */
const FORMAT_VERSION = "1.2";

/** A review as a JSON document that `docs/review-schema.json` describes. Names are whole. */
export function reviewJson(review: Review): string {
  return shownJson(reviewDocument(review));
}

/** Several, by the names of their stacks. */
export function stacksJson(stacks: readonly object[]): string {
  return shownJson({ format_version: FORMAT_VERSION, stacks });
}

export function reviewDocument(review: Review) {
  const { engine, accounts, findings, others, planned, remarks, rotationTargets } = review;
  const { errored, notJudged } = review;
  return {
    format_version: FORMAT_VERSION,
    engine,
    summary: counted(review),
    accounts,
    findings,
    not_judged: notJudged.map(({ isJudgedAtApply, ...question }) => ({
      ...question,
      is_judged_at_apply: isJudgedAtApply,
    })),
    others,
    planned,
    errored,
    remarks,
    rotation_targets: rotationTargets,
    digest: digestOfReview(review),
  };
}
