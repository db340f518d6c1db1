import { nounOf } from "../official";

/** What a resource of ours or of the official provider is; undefined for one that a review is not about. */
export function kindOf(type: string): "account" | "token" | "membership" | undefined {
  const noun = nounOf(type);
  return noun === "variable" ? undefined : noun;
}

/** A resource that declares several memberships; they are reviewed one by one. */
export const TOGETHER = "glsa_memberships";

export function isReviewed(type: string): boolean {
  return kindOf(type) !== undefined || type === TOGETHER;
}
