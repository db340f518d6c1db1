/** Plans as `terraform show -json` writes them, cut down to what a reader needs. */

type Values = Readonly<Record<string, unknown>>;

export interface ResourceChange {
  readonly type: string;
  readonly name: string;
  readonly actions: readonly string[];
  readonly before: Values | null;
  readonly after: Values | null;
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

function resourceChange({ type, name, actions, before, after }: ResourceChange): Values {
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
      after_unknown: {},
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
  status: "active",
};

const token = {
  id: "group:2:3:4",
  service_account_id: "group:2:3",
  token_id: 4,
  name: "ci",
  description: null,
  scopes: ["read_api"],
  rotation: { every: "30d", overlap: "3d", lifetime: null, quiet_for: null, hold_at_most: null },
  never_expires: null,
  keepers: null,
  revoke_now: null,
  deliver_to: [],
  store_value: true,
  generation: 1,
  created_at: "2026-06-01",
  expires_at: "2026-07-11",
  rotates_at: "2026-07-01",
  status: "active",
  rotation_reason: null,
  fingerprint: null,
  strays: [],
  previous: [],
};

export const rotation: ResourceChange = {
  type: "glsa_access_token",
  name: "ci",
  actions: ["update"],
  before: token,
  after: {
    ...token,
    generation: 2,
    expires_at: "2026-08-10",
    rotates_at: "2026-07-31",
    rotation_reason: "due since 2026-07-01",
  },
};

export const deletion: ResourceChange = {
  type: "glsa_service_account",
  name: "deployer",
  actions: ["delete"],
  before: ACCOUNT,
  after: null,
};

export const stranger: ResourceChange = {
  type: "null_resource",
  name: "other",
  actions: ["create"],
  before: null,
  after: { triggers: null },
};
