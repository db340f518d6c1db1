import type { Review } from "../review";
import { digestOfReview } from "../digest/digest";
import { counted } from "./counted";
import { shownJson } from "./shown";

/** Raised in its first number by what could break a reader, in its second by what is added. */
export const FORMAT_VERSION = "1.2";

/** A review as a JSON document that `docs/review-schema.json` describes. Names are whole. */
export function reviewJson(review: Review): string {
  const { engine, accounts, findings, others, planned, remarks, rotationTargets } = review;
  const { errored, notJudged } = review;
  return shownJson({
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
  });
}
