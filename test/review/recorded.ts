import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Written by `record-plans.ts`. */
export const PLANS = join(__dirname, "plans");
const REVIEWS = join(__dirname, "reviews");

/** The day that recorded plans are reviewed on. */
export const TODAY = "2026-06-01";

/** Names of the recorded plans, states left out. */
export function recordedPlans(): string[] {
  const names = readdirSync(PLANS).map((file) => file.replace(/\.json$/, ""));
  return names.filter((name) => !name.endsWith("-state"));
}

export function recordedPlan(name: string): string {
  return readFileSync(join(PLANS, `${name}.json`), "utf8");
}

export function reviewFile(name: string): string {
  return join(REVIEWS, `${name}.json`);
}

export function recordedReview(name: string): unknown {
  return JSON.parse(readFileSync(reviewFile(name), "utf8"));
}
