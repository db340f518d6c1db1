import { createHash } from "node:crypto";
import type { Change, Review } from "../review";
import { lastingChanges, othersTexts, passingChanges, type LastingChange } from "./lasting";

/** Raised where the same review gets another digest. */
const VERSION = "v1";
const DIGEST = /^v1:[0-9a-f]{40}$/;

/** One thing that a review shows, and by what it is found again in another one. */
export interface Part {
  readonly print: string;
  /** Undefined for a resource that a review only counts. */
  readonly change: Change | undefined;
}

/** What a review shows, without what time alone moves. */
export interface Digested {
  /** The same for two plans that do the same, in whatever order and whenever they were made. */
  readonly digest: string;
  readonly parts: readonly Part[];
  /** What is due, which the digest leaves out. */
  readonly due: readonly Part[];
}

export function digested(review: Review): Digested {
  const others = othersTexts(review).map((text) => ({ print: printOf(text), change: undefined }));
  const parts = [...printed(lastingChanges(review)), ...others];
  return {
    digest: digestOf(parts.map(({ print }) => print)),
    parts,
    due: printed(passingChanges(review)),
  };
}

export function digestOf(prints: readonly string[]): string {
  const hash = createHash("sha256").update([...prints].sort().join("\n"));
  return `${VERSION}:${hash.digest("hex").slice(0, 40)}`;
}

export function isDigest(text: string): boolean {
  return DIGEST.test(text);
}

/** Of two that are alike, the second has another print. */
function printed(changes: readonly LastingChange[]): Part[] {
  const seen = new Map<string, number>();
  return changes.map(({ text, change }) => {
    const before = seen.get(text) ?? 0;
    seen.set(text, before + 1);
    return { change, print: printOf(before === 0 ? text : `${text} ${before}`) };
  });
}

/** 128 bits, so that no change can be made up to look like another. */
function printOf(text: string): string {
  return createHash("sha256").update(text).digest().subarray(0, 16).toString("base64url");
}

export function digestOfReview(review: Review): string {
  return digested(review).digest;
}
