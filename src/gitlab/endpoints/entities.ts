import type { ShownScope } from "../../model";

/** GitLab's objects as in its REST API, with the fields that glsa reads. Newer servers may send more. */

export interface ServiceAccountEntity {
  readonly id: number;
  readonly username: string;
  readonly name: string;
  readonly email?: string;
  /** Present only while a changed email address waits for confirmation. */
  readonly unconfirmed_email?: string | null;
}

export interface UserEntity {
  readonly id: number;
  readonly username: string;
  readonly name: string;
  readonly state: string;
  /** For a single user. Lists show it to administrators only. */
  readonly created_at?: string;
  readonly bot?: boolean;
  /** Shown to administrators only. */
  readonly email?: string;
}

export interface TokenEntity {
  readonly id: number;
  readonly user_id: number;
  readonly name: string;
  readonly description?: string | null;
  /** `granular` alone for a fine-grained token. */
  readonly scopes: readonly string[];
  /** Returned from GitLab 18.11 on. */
  readonly granular?: boolean;
  /** Of a fine-grained token, from GitLab 19.2 on. */
  readonly granular_scopes?: readonly ShownScope[] | null;
  readonly revoked: boolean;
  readonly active: boolean;
  readonly created_at: string;
  readonly last_used_at?: string | null;
  /** At most five addresses. Returned from GitLab 19.4 on. */
  readonly last_used_ips?: readonly string[];
  /** The first day on which the token does not work, `YYYY-MM-DD`; null when it never expires. */
  readonly expires_at: string | null;
}

/** Only in the response to the creation, the only one that contains the value. */
export interface NewTokenEntity extends TokenEntity {
  readonly token: string;
}

/** What a token reaches, each with the access of its user. */
export interface ReachEntity {
  readonly groups?: readonly ReachedEntity[];
  readonly projects?: readonly ReachedEntity[];
}

export interface ReachedEntity {
  readonly id: number;
  readonly name: string;
  /** Of projects. */
  readonly path_with_namespace?: string;
  readonly web_url?: string;
  /** A group's level; a project's own and that of its group. */
  readonly access_levels?: number | null | Readonly<Record<string, number | null>>;
}

export interface MemberEntity {
  readonly id: number;
  readonly username: string;
  readonly access_level: number;
  /** When the user became a member. */
  readonly created_at?: string;
  readonly expires_at?: string | null;
  readonly member_role?: { readonly id: number; readonly name?: string } | null;
}

export interface VariableEntity {
  readonly key: string;
  /** Withheld for a hidden variable. */
  readonly value: string | null;
  readonly variable_type: string;
  readonly protected: boolean;
  readonly masked: boolean;
  readonly hidden?: boolean;
  readonly raw: boolean;
  /** Absent from a variable of the instance, which all environments see. */
  readonly environment_scope?: string;
  readonly description?: string | null;
}

export interface GroupEntity {
  readonly id: number;
  readonly full_path: string;
  readonly parent_id: number | null;
  /** The groups that were invited to it. Absent in lists. */
  readonly shared_with_groups?: readonly ShareEntity[];
}

/** A group that was invited to a group or project. */
export interface ShareEntity {
  readonly group_id: number;
  /** The highest level that its members get there. */
  readonly group_access_level: number;
  readonly expires_at?: string | null;
}

export interface ProjectEntity {
  readonly id: number;
  readonly path_with_namespace: string;
  /** Absent if the instance has no container registry, and in short responses. */
  readonly container_registry_image_prefix?: string;
  /** The groups that were invited to it. Absent in short responses. */
  readonly shared_with_groups?: readonly ShareEntity[];
}

export interface UserMembershipEntity {
  readonly source_id: number;
  readonly source_name: string;
  readonly source_type: "Project" | "Namespace";
  readonly access_level: number;
}

export interface MetadataEntity {
  readonly version: string;
  readonly enterprise?: boolean;
}

export interface LicenceEntity {
  readonly plan?: string | null;
}

export interface ApplicationSettingsEntity {
  readonly max_personal_access_token_lifetime?: number | null;
  readonly require_personal_access_token_expiry?: boolean;
}

export interface IssueEntity {
  /** Its number within the project. */
  readonly iid: number;
  readonly title: string;
  readonly description: string | null;
  /** `opened` or `closed`. */
  readonly state: string;
}

export interface MergeRequestEntity {
  /** Its number within the project. */
  readonly iid: number;
  readonly state: string;
}

export interface NoteEntity {
  readonly id: number;
  readonly body: string;
  /** Null if the author is gone. */
  readonly author: { readonly id: number } | null;
  /** Written by GitLab itself. */
  readonly system: boolean;
}
