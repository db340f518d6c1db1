import { grantsOf, type GranularAccess, type Grant } from "../../src/model";
import type { IsLate } from "./late";

/**
 * Permissions of a fine-grained token, and where they count.
 * @see https://docs.gitlab.com/auth/tokens/fine_grained_access_tokens/
 */
export interface GranularScope {
  /**
   * `selected_memberships` for `groupIds` and `projectIds`, `all_memberships`, `personal_projects`, `user` for what the
   * account has itself, or `instance`.
   */
  readonly access: GranularAccess;
  /** What is allowed there, by GitLab's names, such as `read_member`. The account's role still limits them. */
  readonly permissions: readonly string[];
  /**
   * Numbers of groups, each of which counts with everything below it.
   * @default - none
   */
  readonly groupIds?: readonly number[];
  /**
   * Numbers of projects.
   * @default - none
   */
  readonly projectIds?: readonly number[];
}

/** The scopes that are known here, in the provider's words. */
export function knownGranularScopes(scopes: readonly GranularScope[] | undefined, isLate: IsLate) {
  if (scopes === undefined || isLate(scopes)) return [];
  return scopes.map(granularValues).filter((scope) => !holdsLate(scope, isLate));
}

function holdsLate(value: unknown, isLate: IsLate): boolean {
  if (isLate(value)) return true;
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some((inner) => holdsLate(inner, isLate));
}

function granularValues({ access, permissions, groupIds, projectIds }: GranularScope) {
  return { access, permissions, group_ids: groupIds, project_ids: projectIds };
}

/** What the policy can know of them. */
export function knownGrants(scopes: readonly GranularScope[] | undefined, isLate: IsLate): Grant[] {
  return grantsOf(knownGranularScopes(scopes, isLate));
}
