import { date, flag, listOf, number, optional, text, texts, type Shape } from "../shape";

/** The required fields of each entity, and their types. A response without them is not from GitLab. */

export const SERVICE_ACCOUNT: Shape = {
  id: number,
  username: text,
  name: text,
  email: optional(text),
  unconfirmed_email: optional(text),
};

export const USER: Shape = { id: number, username: text, name: text, state: text };

const granularScopes = listOf({
  access: text,
  permissions: texts,
  group_id: optional(number),
  project_id: optional(number),
});

export const TOKEN: Shape = {
  id: number,
  user_id: number,
  name: text,
  description: optional(text),
  scopes: texts,
  granular_scopes: optional(granularScopes),
  revoked: flag,
  active: flag,
  created_at: date,
  last_used_at: optional(date),
  expires_at: optional(date),
};

export const NEW_TOKEN: Shape = { ...TOKEN, token: text };

export const MEMBER: Shape = {
  id: number,
  username: text,
  access_level: number,
  expires_at: optional(date),
};

export const VARIABLE: Shape = {
  key: text,
  value: optional(text),
  environment_scope: optional(text),
  description: optional(text),
};

export const GROUP: Shape = { id: number, full_path: text, parent_id: optional(number) };

export const PROJECT: Shape = { id: number, path_with_namespace: text };

export const USER_MEMBERSHIP: Shape = {
  source_id: number,
  source_type: text,
  access_level: number,
};

export const METADATA: Shape = { version: text };

export const SETTINGS: Shape = { max_personal_access_token_lifetime: optional(number) };

export const ISSUE: Shape = { iid: number, state: text };
export const MERGE_REQUEST: Shape = { iid: number, state: text };
export const NOTE: Shape = { id: number, body: text };
