/** The types that a review is about, by Terraform's names, and what each of them is. */
const KINDS = {
  glsa_service_account: "account",
  glsa_access_token: "token",
  glsa_membership: "membership",
  gitlab_group_service_account: "account",
  gitlab_instance_service_account: "account",
  gitlab_project_service_account: "account",
  gitlab_group_service_account_access_token: "token",
  gitlab_project_service_account_access_token: "token",
  gitlab_personal_access_token: "token",
  gitlab_group_membership: "membership",
  gitlab_project_membership: "membership",
} as const;

export type ReviewedType = keyof typeof KINDS;

export function isReviewed(type: string): type is ReviewedType {
  return Object.hasOwn(KINDS, type);
}

export function kindOf(type: ReviewedType): "account" | "token" | "membership" {
  return KINDS[type];
}
