export { PAGE_SIZE, type Page } from "./client";
export type { AccountFields } from "./endpoints/accounts";
export type {
  GroupEntity,
  ShareEntity,
  IssueEntity,
  MemberEntity,
  MetadataEntity,
  NewTokenEntity,
  NoteEntity,
  ProjectEntity,
  ReachedEntity,
  ServiceAccountEntity,
  TokenEntity,
  UserEntity,
  UserMembershipEntity,
  VariableEntity,
} from "./endpoints/entities";
export type { MemberFields } from "./endpoints/members";
export type { MergeRequestAddress } from "./endpoints/notes";
export type { GraphqlMembership, GraphqlUser } from "./endpoints/users";
export type { TokenFields } from "./endpoints/tokens";
export type { VariableAddress, VariableFields } from "./endpoints/variables";
export type { ErrorKind } from "./error-facts";
export { GitLabError, isGitLabError } from "./errors";
export { OLDEST_GITLAB, WITHOUT_LICENCE } from "./likely-cause";
export { GitLab } from "./gitlab";
export { Once } from "./once";
export { baseUrlProblem, DEFAULT_BASE_URL, type ClientSettings } from "./settings";
