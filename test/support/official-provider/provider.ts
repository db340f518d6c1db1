import {
  anyResource,
  defineSchema,
  type Attributes,
  type ProviderType,
  type ResourceType,
} from "../../../src/provider/contract";

const text = { type: "string", optional: true, computed: true, description: "Text." } as const;
const number = { ...text, type: "number" } as const;
const flag = { ...text, type: "boolean" } as const;
const words = { ...text, type: "set", element: "string" } as const;

const ACCOUNT = {
  id: text,
  service_account_id: text,
  name: text,
  username: text,
  email: text,
  timeouts: { type: "object", optional: true, description: "Waits.", attributes: { delete: text } },
} as const;

const TOKEN = {
  id: text,
  user_id: number,
  name: text,
  scopes: words,
  expires_at: text,
  created_at: text,
  active: flag,
  revoked: flag,
  token: { ...text, sensitive: true },
  validate_past_expiration_date: flag,
  rotation_configuration: {
    type: "object",
    optional: true,
    description: "When it is rotated.",
    attributes: { rotate_before_days: number, expiration_days: number },
  },
} as const;

const MEMBERSHIP = {
  id: text,
  user_id: number,
  access_level: text,
  expires_at: text,
  member_role_id: number,
} as const;

const VARIABLE = {
  id: text,
  project: text,
  key: text,
  value: { ...text, sensitive: true },
  description: text,
  environment_scope: text,
  variable_type: text,
  hidden: flag,
  masked: flag,
  protected: flag,
  raw: flag,
} as const;

/** The types that glsa takes the place of, with the attributes that version 18.6 gives them; the last two are of 19.3. */
const TYPES: { readonly [type: string]: Attributes } = {
  gitlab_group_service_account: { ...ACCOUNT, group: text },
  gitlab_instance_service_account: ACCOUNT,
  gitlab_group_service_account_access_token: { ...TOKEN, group: text },
  gitlab_personal_access_token: { ...TOKEN, description: text },
  gitlab_group_membership: {
    ...MEMBERSHIP,
    group_id: number,
    skip_subresources_on_destroy: flag,
    unassign_issuables_on_destroy: flag,
  },
  gitlab_project_membership: { ...MEMBERSHIP, project: text },
  gitlab_project_variable: VARIABLE,
  gitlab_project_service_account: { ...ACCOUNT, project: text },
  gitlab_project_service_account_access_token: { ...TOKEN, project: text },
};

function resource(attributes: Attributes): ResourceType<undefined> {
  const refuse = () => Promise.reject(new Error("this provider changes nothing"));
  return anyResource({
    schema: defineSchema({ version: 0, description: "As it is.", attributes }),
    read: ({ state, private: privateState }) => Promise.resolve({ state, private: privateState }),
    create: refuse,
    update: refuse,
    delete: refuse,
  });
}

/**
 * Stands for the official provider, because engines ask the provider that wrote a state for its schema. It knows what
 * its objects look like, talks to no server, and changes nothing.
 */
export const officialProvider: ProviderType<undefined> = {
  name: "gitlab",
  version: "18.6.1",
  address: "registry.terraform.io/gitlabhq/gitlab",
  schema: defineSchema({ version: 0, description: "None.", attributes: {} }),
  configure: () => undefined,
  resources: Object.fromEntries(
    Object.entries(TYPES).map(([type, attributes]) => [type, resource(attributes)]),
  ),
  dataSources: {},
};
