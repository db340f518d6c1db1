import { defineAttributes, type ConfigOf, type StateOf } from "../../provider/contract";

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
  redeliver_missing: {
    type: "boolean",
    optional: true,
    computed: true,
    default: false,
    description:
      "Make a new token when the file is missing. Otherwise a missing file is no drift, since a fresh machine has none.",
  },
  overwrite,
  on_destroy: onDestroy,
});

export const vaultAttributes = defineAttributes({
  address: {
    type: "string",
    optional: true,
    description: "Such as https://vault.example.com:8200. Defaults to VAULT_ADDR.",
  },
  namespace: { type: "string", optional: true, description: "Defaults to VAULT_NAMESPACE." },
  mount: {
    type: "string",
    optional: true,
    computed: true,
    default: "secret",
    description: "Where the KV version 2 engine is mounted. Defaults to secret.",
  },
  path: { type: "string", required: true, description: "Of the secret, below the mount." },
  field: {
    type: "string",
    optional: true,
    computed: true,
    default: "token",
    description: "Of the secret; its other fields stay as they are. Defaults to token.",
  },
  overwrite,
  on_destroy: onDestroy,
});

export const commandAttributes = defineAttributes({
  argv: {
    type: "list",
    element: "string",
    required: true,
    description: "Program and arguments, run without a shell; the value comes on standard input.",
  },
  check_argv: {
    type: "list",
    element: "string",
    optional: true,
    description: "Run before a token is made; what fails here costs nothing.",
  },
  remove_argv: {
    type: "list",
    element: "string",
    optional: true,
    description: "Run when the token is destroyed or no longer delivered here.",
  },
  timeout: {
    type: "string",
    optional: true,
    computed: true,
    default: "1m",
    description: "How long each may run: 90s, 10m or 1h. Defaults to 1m.",
  },
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
  vault: {
    type: "object",
    optional: true,
    description:
      "A field of a KV version 2 secret in HashiCorp Vault or OpenBao. Logs in with VAULT_TOKEN, AppRole or JWT from the environment.",
    attributes: vaultAttributes,
  },
  command: {
    type: "object",
    optional: true,
    description: "A program that takes the value on its standard input.",
    attributes: commandAttributes,
  },
});

export type DeliveryState = StateOf<typeof deliveryAttributes>;
export type DeliveryConfig = ConfigOf<typeof deliveryAttributes>;
export type CiVariableConfig = ConfigOf<typeof ciVariableAttributes>;
export type FileConfig = ConfigOf<typeof fileAttributes>;
export type VaultConfig = ConfigOf<typeof vaultAttributes>;
export type CommandConfig = ConfigOf<typeof commandAttributes>;
