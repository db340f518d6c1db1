import { formatted, FORMATS } from "../../src/review/outputs";
import type { Review } from "../../src/review/review";
import { emptyReview, sample } from "./sample";

const OPTIONS = { file: "plan.json" };

/** A review with so many changes, a handful to an account, and a finding to each account. */
function large(changes: number): Review {
  const perAccount = 10;
  const kinds = sample.accounts.flatMap((account) => account.changes);
  const accounts = Array.from({ length: changes / perAccount }, (_, index) => ({
    account: `bot-${index}`,
    owner: "group platform",
    changes: Array.from({ length: perAccount }, (_, at) => ({
      ...kinds[(index + at) % kinds.length]!,
      address: `glsa_membership.m["${index}/${at}"]`,
    })),
  }));
  const [finding] = sample.findings;
  const findings = accounts.map(({ account }) => ({ ...finding!, address: `${account}/ci` }));
  return emptyReview({ accounts, findings });
}

function milliseconds(review: Review, format: (typeof FORMATS)[number]): number {
  const best = Array.from({ length: 3 }, () => {
    const start = performance.now();
    formatted(review, format, OPTIONS);
    return performance.now() - start;
  });
  return Math.min(...best);
}

test.each(FORMATS)("%s of 10,000 changes takes about four times as long as of 2,500", (format) => {
  const [small, big] = [large(2_500), large(10_000)];
  milliseconds(small, format);
  const [quarter, whole] = [milliseconds(small, format), milliseconds(big, format)];
  if (process.env["SHOW_FIGURES"]) {
    const size = formatted(big, format, OPTIONS).length;
    console.log(`${format}: ${quarter.toFixed(1)} ms, ${whole.toFixed(1)} ms, ${size} characters`);
  }
  // Quadratic would be sixteen times; small figures are noise.
  expect(whole).toBeLessThan(Math.max(quarter * 12, 100));
});
