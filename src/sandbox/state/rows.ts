import type { CalendarDate, Timestamp } from "../clock";
import type { Row } from "./table";

export type UserType = "human" | "service_account" | "project_bot";

/** A requested deletion. `due_at` null waits for an explicit purge. */
export interface PendingDeletion {
  readonly due_at: Timestamp | null;
  readonly hard_delete: boolean;
}

export interface User extends Row {
  username: string;
  name: string;
  email: string;
  unconfirmed_email: string | null;
  public_email: string | null;
  user_type: UserType;
  state: "active" | "blocked" | "deactivated" | "banned";
  admin: boolean;
  external: boolean;
  projects_limit: number;
  can_create_group: boolean;
  composite_identity_enforced: boolean;
  provisioned_by_group_id: number | null;
  provisioned_by_project_id: number | null;
  namespace_id: number;
  confirmed_at: Timestamp | null;
  last_activity_on: CalendarDate | null;
  note: string | null;
  created_at: Timestamp;
  updated_at: Timestamp;
  created_by_id: number | null;
  deletion: PendingDeletion | null;
}

export interface AccessToken extends Row {
  user_id: number;
  name: string;
  description: string | null;
  scopes: readonly string[];
  revoked: boolean;
  created_at: Timestamp;
  updated_at: Timestamp;
  last_used_at: Timestamp | null;
  last_used_ips: readonly string[];
  ips_recorded_at: Timestamp | null;
  expires_at: CalendarDate | null;
  previous_id: number | null;
  /** Created by an administrator to act as the user. */
  impersonation: boolean;
  /** Only of a fine-grained token. */
  granular_scopes?: readonly GranularScope[];
  /** The digest, the only stored form of the value. */
  digest: string;
}

/** Permissions of a fine-grained token in one place, for its user or for the instance. */
export interface GranularScope {
  readonly access:
    "personal_projects" | "all_memberships" | "selected_memberships" | "user" | "instance";
  readonly permissions: readonly string[];
  readonly project_id: number | null;
  readonly group_id: number | null;
}

/** A credential of a group or project without a user. */
export interface DeployToken extends Row {
  source_type: SourceType;
  source_id: number;
  name: string;
  /** Without one, the token gets a name from its id. */
  username: string | null;
  scopes: readonly string[];
  expires_at: Timestamp | null;
  revoked: boolean;
  creator_id: number;
  created_at: Timestamp;
  digest: string;
}

/** A token that starts a project's pipelines. Unlike for others, GitLab shows its value again. */
export interface PipelineTrigger extends Row {
  project_id: number;
  token: string;
  description: string;
  owner_id: number;
  expires_at: Timestamp | null;
  created_at: Timestamp;
  updated_at: Timestamp;
}

export type Visibility = "private" | "internal" | "public";

export interface Group extends Row {
  name: string;
  path: string;
  full_path: string;
  description: string;
  visibility: Visibility;
  parent_id: number | null;
  service_access_tokens_expiration_enforced: boolean;
  created_at: Timestamp;
  updated_at: Timestamp;
  /** The day of its deletion request. Missing in dumps of older versions. */
  marked_for_deletion_on?: CalendarDate | null;
  /** Settings that are only stored and shown. Missing in dumps of older versions. */
  settings?: Readonly<Record<string, unknown>>;
}

export interface Project extends Row {
  name: string;
  path: string;
  full_path: string;
  description: string | null;
  visibility: Visibility;
  /** The owning group, or null in a user's own namespace. */
  group_id: number | null;
  archived: boolean;
  creator_id: number;
  created_at: Timestamp;
  updated_at: Timestamp;
  /** The day of its deletion request. Missing in dumps of older versions. */
  marked_for_deletion_on?: CalendarDate | null;
  /** Settings that are only stored and shown. Missing in dumps of older versions. */
  settings?: Readonly<Record<string, unknown>>;
}

/** A former path of a project. */
export interface Redirect extends Row {
  path: string;
  project_id: number;
}

export type SourceType = "group" | "project";

export interface Member extends Row {
  source_type: SourceType;
  source_id: number;
  user_id: number;
  access_level: number;
  member_role_id: number | null;
  expires_at: CalendarDate | null;
  created_at: Timestamp;
  updated_at: Timestamp;
  created_by_id: number | null;
}

/** A group or project shared with another group. */
export interface Share extends Row {
  source_type: SourceType;
  source_id: number;
  /** The invited group. */
  group_id: number;
  /** The maximum role of its members. */
  group_access: number;
  expires_at: CalendarDate | null;
  created_at: Timestamp;
}

/** The subject of an audit event, by GitLab's class names. */
export type AuditedType = "User" | "Group" | "Project";

/** The details of an audit event beside its author and place. */
export type AuditDetails = Readonly<
  Record<string, string | number | boolean | null | Readonly<Record<string, string | number>>>
>;

/** An action on an account, a token, a member or a container, and its author. */
export interface AuditEvent extends Row {
  author_id: number;
  entity_id: number;
  entity_type: AuditedType;
  details: AuditDetails;
  created_at: Timestamp;
}

/** An email invitation for a person who has no account yet. */
export interface Invitation extends Row {
  source_type: SourceType;
  source_id: number;
  email: string;
  access_level: number;
  expires_at: CalendarDate | null;
  created_by_id: number;
  created_at: Timestamp;
}

/** A user's access request. */
export interface AccessRequest extends Row {
  source_type: SourceType;
  source_id: number;
  user_id: number;
  created_at: Timestamp;
}

export interface MemberRole extends Row {
  name: string;
  description: string | null;
  base_access_level: number;
  permissions: Readonly<Record<string, boolean>>;
}

export interface Variable extends Row {
  /** Of the instance, whose number is 0, all jobs see it. */
  source_type: SourceType | "instance";
  source_id: number;
  key: string;
  value: string;
  variable_type: "env_var" | "file";
  hidden: boolean;
  protected: boolean;
  masked: boolean;
  raw: boolean;
  environment_scope: string;
  description: string | null;
  updated_at: Timestamp;
}

/** One version of a Terraform state, byte for byte. */
export interface TerraformStateVersion {
  readonly serial: number;
  readonly content: string;
}

/** The holder of a Terraform state's lock, in the names of Terraform's protocol. */
export interface TerraformLock {
  readonly ID: string;
  readonly Operation: string;
  readonly Info: string;
  readonly Who: string;
  readonly Version: string;
  readonly Created: string;
  readonly Path: string;
}

/** One Terraform state of a project. */
export interface TerraformState extends Row {
  project_id: number;
  name: string;
  versions: readonly TerraformStateVersion[];
  lock: TerraformLock | null;
}

export interface MergeRequest extends Row {
  project_id: number;
  /** Its number within the project. */
  iid: number;
  title: string;
  description: string | null;
  source_branch: string;
  target_branch: string;
  author_id: number;
  created_at: Timestamp;
  updated_at: Timestamp;
}

export interface Issue extends Row {
  project_id: number;
  /** Its number within the project. */
  iid: number;
  title: string;
  description: string | null;
  state: "opened" | "closed";
  labels: readonly string[];
  confidential: boolean;
  due_date: CalendarDate | null;
  author_id: number;
  assignee_ids: readonly number[];
  closed_at: Timestamp | null;
  closed_by_id: number | null;
  created_at: Timestamp;
  updated_at: Timestamp;
}

/** A note on a merge request or an issue. */
export interface Note extends Row {
  project_id: number;
  /** Null for a note on an issue. */
  merge_request_id: number | null;
  /** Missing in dumps of older versions. */
  issue_id?: number | null;
  author_id: number;
  body: string;
  internal: boolean;
  created_at: Timestamp;
  updated_at: Timestamp;
}
