import { defineAttributes, type ConfigOf, type StateOf } from "../../provider/contract";

const onDestroy = {
  type: "string",
  optional: true,
  computed: true,
  default: "remove",
  values: ["remove", "keep"],
  description:
    "What happens to the value when the token is destroyed or no longer delivered here: remove or keep.",
} as const;

const overwrite = {
  type: "boolean",
  optional: true,
  computed: true,
  default: false,
  description: "Replace a value that another owner put there.",
} as const;

export const ciVariableAttributes = defineAttributes({
  project: {
    type: "string",
    optional: true,
    description: "Full path or number of the project. Set exactly one of project and group.",
  },
  group: { type: "string", optional: true, description: "Full path or number of the group." },
  key: {
    type: "string",
    required: true,
    description: "Name of the variable: letters, digits and underscores, at most 255 characters.",
  },
  environment_scope: {
    type: "string",
    optional: true,
    computed: true,
    default: "*",
    description:
      "Environments that see the variable; * means all. In groups it needs GitLab Premium.",
  },
  protected: {
    type: "boolean",
    optional: true,
    computed: true,
    default: false,
    description: "Only pipelines on protected branches and tags see the variable.",
  },
  masked: {
    type: "boolean",
    optional: true,
    computed: true,
    default: true,
    description: "Job logs show [masked] instead of the value.",
  },
  hidden: {
    type: "boolean",
    optional: true,
    computed: true,
    default: false,
    description: "GitLab never shows the value again. Only a new variable can be hidden.",
  },
  raw: {
    type: "boolean",
    optional: true,
    computed: true,
    default: true,
    description: "References such as $NAME in the value are not expanded.",
  },
  overwrite,
  on_destroy: onDestroy,
});

export const fileAttributes = defineAttributes({
  path: {
    type: "string",
    required: true,
    description: "Path of the file, absolute or relative to the folder in which the engine runs.",
  },
  mode: {
    type: "string",
    optional: true,
    computed: true,
    default: "0600",
    description: "Permissions of the file in octal digits.",
  },
  redeliver_missing: {
    type: "boolean",
    optional: true,
    computed: true,
    default: false,
    description:
      "Make a new token when the file is missing. Otherwise a missing file is not drift: a fresh machine has none.",
  },
  overwrite,
  on_destroy: onDestroy,
});

export const vaultAttributes = defineAttributes({
  address: {
    type: "string",
    optional: true,
    unset: "VAULT_ADDR",
    description: "Address of the server, such as https://vault.example.com:8200.",
  },
  namespace: {
    type: "string",
    optional: true,
    unset: "VAULT_NAMESPACE",
    description: "Namespace in Vault Enterprise or OpenBao.",
  },
  mount: {
    type: "string",
    optional: true,
    computed: true,
    default: "secret",
    description: "Mount path of the KV version 2 engine.",
  },
  path: {
    type: "string",
    required: true,
    description: "Path of the secret, relative to the mount.",
  },
  field: {
    type: "string",
    optional: true,
    computed: true,
    default: "token",
    description: "Field of the secret that holds the value. Other fields are not changed.",
  },
  overwrite,
  on_destroy: onDestroy,
});

export const commandAttributes = defineAttributes({
  argv: {
    type: "list",
    element: "string",
    required: true,
    description:
      "Program and its arguments, run without a shell. The value is on its standard input.",
  },
  check_argv: {
    type: "list",
    element: "string",
    optional: true,
    description: "Program that runs before a token is made. If it fails, no token is made.",
  },
  remove_argv: {
    type: "list",
    element: "string",
    optional: true,
    description: "Program that runs when the token is destroyed or no longer delivered here.",
  },
  timeout: {
    type: "string",
    optional: true,
    computed: true,
    default: "1m",
    description: "Time limit of each program, such as 90s, 10m or 1h.",
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
      "A field of a KV version 2 secret in HashiCorp Vault or OpenBao. The login (VAULT_TOKEN, AppRole or JWT) comes from the environment.",
    attributes: vaultAttributes,
  },
  command: {
    type: "object",
    optional: true,
    description: "A program that reads the value from its standard input.",
    attributes: commandAttributes,
  },
});

export type DeliveryState = StateOf<typeof deliveryAttributes>;
export type DeliveryConfig = ConfigOf<typeof deliveryAttributes>;
export type CiVariableConfig = ConfigOf<typeof ciVariableAttributes>;
export type FileConfig = ConfigOf<typeof fileAttributes>;
export type VaultConfig = ConfigOf<typeof vaultAttributes>;
export type CommandConfig = ConfigOf<typeof commandAttributes>;
