/** Plans as `terraform show -json` writes them, cut down to what a reader needs. */

type Values = Readonly<Record<string, unknown>>;

export interface ResourceChange {
  readonly type: string;
  readonly name: string;
  readonly actions: readonly string[];
  readonly before: Values | null;
  readonly after: Values | null;
  /** What is known only after the apply. */
  readonly unknown?: readonly string[];
}

export function plan(changes: readonly ResourceChange[] = [], rest: Values = {}): string {
  return JSON.stringify({
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: { root_module: {} },
    resource_changes: changes.map(resourceChange),
    configuration: {
      provider_config: { glsa: { name: "glsa", full_name: PROVIDER } },
      root_module: {},
    },
    timestamp: "2026-07-01T02:00:00Z",
    applyable: changes.length > 0,
    complete: true,
    errored: false,
    ...rest,
  });
}

const PROVIDER = "glsa.internal/glsa/glsa";

function resourceChange(change: ResourceChange): Values {
  const { type, name, actions, before, after, unknown = [] } = change;
  return {
    address: `${type}.${name}`,
    mode: "managed",
    type,
    name,
    provider_name: type.startsWith("glsa_") ? PROVIDER : "registry.terraform.io/hashicorp/null",
    change: {
      actions,
      before,
      after,
      after_unknown: Object.fromEntries(unknown.map((attribute) => [attribute, true])),
      before_sensitive: {},
      after_sensitive: {},
    },
  };
}

export const ACCOUNT = {
  id: "group:2:3",
  user_id: 3,
  group: "platform",
  project: null,
  instance: null,
  username: "platform-deployer",
  name: "Platform deployer",
  email: "deployer@example.com",
  deletion_protection: false,
  on_destroy: "delete",
  hard_delete: false,
  timeouts: null,
  status: "active",
};

const token = {
  id: "group:2:3:4",
  service_account_id: "group:2:3",
  name: "ci",
  description: "",
  scopes: ["read_api"],
  rotation: { every: "30d", overlap: "3d", lifetime: null, quiet_for: "1d", max_hold: "7d" },
  never_expires: false,
  keepers: null,
  revoke_now: null,
  deliver_to: null,
  store_value: true,
  generation: 1,
  expires_at: null,
  valid_until: "2026-07-11",
  rotates_at: "2026-07-01",
  status: "active",
  rotation_reason: null,
  strays: [],
};

/** Of what the server has. */
const present = {
  token_id: 4,
  created_at: "2026-06-01T02:00:00.000Z",
  fingerprint: "sha256:76e3fa0d152aa70f98f3f8a3551e98a9",
  previous: [],
  value: "redacted",
};

export const rotation: ResourceChange = {
  type: "glsa_access_token",
  name: "ci",
  actions: ["update"],
  before: { ...token, ...present },
  after: {
    ...token,
    generation: 2,
    valid_until: "2026-08-10",
    rotates_at: "2026-07-31",
    rotation_reason: "due since 2026-07-01",
  },
  unknown: Object.keys(present),
};

export const stranger: ResourceChange = {
  type: "null_resource",
  name: "other",
  actions: ["create"],
  before: null,
  after: { triggers: null },
};

export const deletion: ResourceChange = {
  type: "glsa_service_account",
  name: "deployer",
  actions: ["delete"],
  before: ACCOUNT,
  after: null,
};

const legacy = {
  ...ACCOUNT,
  id: "group:2:5",
  user_id: 5,
  username: "legacy-bot",
  name: "legacy-bot",
};

const membership = {
  service_account_id: ACCOUNT.id,
  user_id: ACCOUNT.user_id,
  id: "project:1:3",
  group: null,
  project: "platform/charts",
  role: "developer",
  custom_role_id: null,
  expires_at: null,
  remove_memberships_below: false,
  status: "active",
};

/** What the documentation shows. */
export const example: readonly ResourceChange[] = [
  {
    type: "glsa_service_account",
    name: "legacy",
    actions: ["delete"],
    before: legacy,
    after: null,
  },
  {
    type: "glsa_service_account",
    name: "deployer",
    actions: ["no-op"],
    before: ACCOUNT,
    after: ACCOUNT,
  },
  {
    type: "glsa_membership",
    name: "deployer_in_charts",
    actions: ["update"],
    before: membership,
    after: { ...membership, role: "maintainer" },
  },
  rotation,
  stranger,
];

/** A state with the account, its token and its membership, as `terraform show -json` writes it. */
export function state(days: Values = {}, membershipDays: Values = {}): string {
  const resources = [
    stateResource("glsa_service_account", "deployer", ACCOUNT),
    stateResource("glsa_access_token", "ci", { ...token, ...present, ...days }),
    stateResource("glsa_membership", "deployer_in_charts", { ...membership, ...membershipDays }),
  ];
  return JSON.stringify({
    format_version: "1.0",
    terraform_version: "1.11.4",
    values: { root_module: { resources } },
  });
}

function stateResource(type: string, name: string, values: Values): Values {
  const address = `${type}.${name}`;
  const provider_name = PROVIDER;
  return { address, mode: "managed", type, name, provider_name, schema_version: 0, values };
}
