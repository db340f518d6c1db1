import { isRecord } from "../../model";
import { CodedError } from "../../model/code";
import type { AccountReview, Change, Others, Review } from "../review";
import { digested, digestOf, isDigest } from "./digest";

/** What was reviewed. With the prints, a plan may also do less, and what it does beyond is known by name. */
export interface Expectation {
  readonly digest: string;
  readonly prints?: ReadonlySet<string>;
  /** What was due then. */
  readonly due?: ReadonlySet<string>;
}

/** What a plan does beside what was reviewed. */
export interface Comparison {
  readonly agrees: boolean;
  /** What was not reviewed; where only the digest is known, everything that might not have been. */
  readonly beyond: readonly Change[];
  /** Resources that are not about service accounts, and were not reviewed. */
  readonly othersBeyond: number;
  /** How much of what was reviewed the plan does not do any more; undefined where that is not known. */
  readonly done: number | undefined;
  /** What became due since; where that is not known, what is due. */
  readonly dueSince: readonly Change[];
}

export function compare(review: Review, { digest, prints, due }: Expectation): Comparison {
  const present = digested(review);
  const isSame = present.digest === digest;
  const beyond = isSame ? [] : present.parts.filter(({ print }) => prints?.has(print) !== true);
  const changes = beyond.flatMap(({ change }) => change ?? []);
  return {
    agrees: isSame || (prints !== undefined && beyond.length === 0),
    beyond: changes,
    othersBeyond: beyond.length - changes.length,
    done: prints && prints.size - (present.parts.length - beyond.length),
    dueSince: present.due
      .filter(({ print }) => due?.has(print) !== true)
      .flatMap(({ change }) => change ?? []),
  };
}

/** Of a plan that was to do nothing but what is due. */
export const NOTHING_EXPECTED: Expectation = { digest: digestOf([]), prints: new Set() };

export function expectationOf(review: Review): Expectation {
  const { digest, parts, due } = digested(review);
  const printsOf = (all: typeof parts) => new Set(all.map(({ print }) => print));
  return { digest, prints: printsOf(parts), due: printsOf(due) };
}

export function expectationOfDigest(text: string): Expectation {
  if (isDigest(text)) return { digest: text };
  throw new CodedError(
    "unreadable-expectation",
    "This is no digest of a review: give v1: and 40 digits, as a review prints it, or the path of what --output json=FILE wrote. A digest of another version of glsa cannot be compared.",
  );
}

/** Of a review that was written as JSON. */
export function expectationOfJson(text: string): Expectation {
  const document = parsed(text);
  if (isReviewLike(document)) return expectationOf(document as Review);
  throw new CodedError(
    "unreadable-expectation",
    "This is no review: give what glsa review --output json=FILE wrote, or the digest that a review prints.",
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** As far as a digest looks at it. */
function isReviewLike(
  value: unknown,
): value is { accounts: readonly AccountReview[]; others: Others } {
  if (!isRecord(value) || !Array.isArray(value["accounts"]) || !isRecord(value["others"])) {
    return false;
  }
  const counts = Object.values(value["others"]);
  return counts.every(isCount) && (value["accounts"] as unknown[]).every(isAccount);
}

function isAccount(value: unknown): boolean {
  if (!isRecord(value) || typeof value["account"] !== "string") return false;
  const { changes } = value;
  return Array.isArray(changes) && changes.every(isRecord);
}

const MOST_OTHERS = 1_000_000;

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= MOST_OTHERS;
}
