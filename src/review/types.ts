import { officialType } from "../official";

type Kind = "account" | "token" | "membership";

/** What glsa's own resources are, by Terraform's names of their types. */
const OURS = new Map<string, Kind>([
  ["glsa_service_account", "account"],
  ["glsa_access_token", "token"],
  ["glsa_membership", "membership"],
]);

/** What a resource of ours or of the official provider is; undefined for one that a review is not about. */
export function kindOf(type: string): Kind | undefined {
  const noun = officialType(type)?.noun;
  return noun === "variable" ? undefined : (noun ?? OURS.get(type));
}

export function isReviewed(type: string): boolean {
  return kindOf(type) !== undefined;
}
