import {
  defineAttributes,
  defineSchema,
  type ConfigOf,
  type StateOf,
} from "../../provider/contract";

const onDestroy = {
  type: "string",
  optional: true,
  computed: true,
  default: "remove",
  description: "What destroying the token does here: remove (default) the value, or keep it.",
} as const;

const overwrite = {
  type: "boolean",
  optional: true,
  computed: true,
  default: false,
  description: "Replace a value that this declaration did not put there.",
} as const;

export const ciVariableAttributes = defineAttributes({
  project: {
    type: "string",
    optional: true,
    description: "Full path or number of the project. Either this or group.",
  },
  group: { type: "string", optional: true, description: "Full path or number of the group." },
  key: { type: "string", required: true, description: "Letters, digits and underscores." },
  environment_scope: {
    type: "string",
    optional: true,
    computed: true,
    default: "*",
    description: "Environments that see the variable. Defaults to all. In groups it needs Premium.",
  },
  protected: {
    type: "boolean",
    optional: true,
    computed: true,
    default: false,
    description: "Only pipelines of protected branches and tags see it.",
  },
  masked: {
    type: "boolean",
    optional: true,
    computed: true,
    default: true,
    description: "Job logs do not show the value. Defaults to true.",
  },
  hidden: {
    type: "boolean",
    optional: true,
    computed: true,
    default: false,
    description: "Nobody can read the value back. Only a new variable can be hidden.",
  },
  raw: {
    type: "boolean",
    optional: true,
    computed: true,
    default: true,
    description: "References such as $NAME in the value are not expanded. Defaults to true.",
  },
  overwrite,
  on_destroy: onDestroy,
});

export const fileAttributes = defineAttributes({
  path: { type: "string", required: true, description: "Relative to where the engine runs." },
  mode: {
    type: "string",
    optional: true,
    computed: true,
    default: "0600",
    description: "Octal permissions. Defaults to 0600.",
  },
  overwrite,
  on_destroy: onDestroy,
});

export const deliveryAttributes = defineAttributes({
  ci_variable: {
    type: "object",
    optional: true,
    description: "A CI/CD variable of a project or group.",
    attributes: ciVariableAttributes,
  },
  file: {
    type: "object",
    optional: true,
    description: "A file on the machine that runs the apply.",
    attributes: fileAttributes,
  },
});

export const accessTokenSchema = defineSchema({
  version: 0,
  description:
    "A personal access token of a service account. A changed name, scope or expiry makes a new token, which is checked and delivered before the old one is revoked.",
  attributes: {
    service_account_id: {
      type: "string",
      required: true,
      description: "Id of a glsa_service_account. Changing it replaces the token.",
    },
    name: { type: "string", required: true, description: "The name that GitLab shows." },
    description: {
      type: "string",
      optional: true,
      computed: true,
      default: "",
      description:
        "At most 210 characters; reaches GitLab with the next token that is made. glsa appends its marker.",
    },
    scopes: {
      type: "set",
      element: "string",
      required: true,
      description: "What the token may do.",
    },
    expires_at: {
      type: "string",
      optional: true,
      description:
        "First day on which the token does not work, YYYY-MM-DD in UTC. Either this or never_expires.",
    },
    never_expires: {
      type: "boolean",
      optional: true,
      computed: true,
      default: false,
      description: "True for a token without expiry, where the instance allows it.",
    },
    deliver_to: {
      type: "objectList",
      optional: true,
      description: "Where the value goes; each entry names one destination.",
      attributes: deliveryAttributes,
    },
    store_value: {
      type: "boolean",
      optional: true,
      computed: true,
      default: false,
      description: "Keep the value in the state, in clear text, and offer it as value.",
    },
    id: {
      type: "string",
      computed: true,
      description:
        "The account's id and the number of the first token, which later generations keep; also the id to import by.",
    },
    token_id: { type: "number", computed: true, description: "Number of the present token." },
    generation: {
      type: "number",
      computed: true,
      description: "How many tokens this declaration has made, the present one included.",
    },
    created_at: { type: "string", computed: true, description: "When GitLab made it, in UTC." },
    status: { type: "string", computed: true, description: "active, expired or revoked." },
    rotation_reason: {
      type: "string",
      computed: true,
      description: "Why the present token was made.",
    },
    fingerprint: {
      type: "string",
      computed: true,
      description: "Hash of the value, to see a changed destination; null after an import.",
    },
    value: {
      type: "string",
      computed: true,
      sensitive: true,
      description: "The token itself; null unless store_value is true.",
    },
  },
});

type Attributes = typeof accessTokenSchema.attributes;
export type AccessTokenAttributes = Attributes;
export type AccessTokenState = StateOf<Attributes>;
export type AccessTokenConfig = ConfigOf<Attributes>;
export type DeliveryState = NonNullable<AccessTokenState["deliver_to"]>[number];
export type DeliveryConfig = ConfigOf<typeof deliveryAttributes>;
export type CiVariableConfig = ConfigOf<typeof ciVariableAttributes>;
export type FileConfig = ConfigOf<typeof fileAttributes>;
