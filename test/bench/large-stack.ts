import { createHash } from "node:crypto";
import { inDays, type TestGitLab } from "../support/gitlab";
import { PROVIDER_ADDRESS } from "../support/glsa";

const TOKENS = 2;
const MEMBERSHIPS = 5;
const CONTAINERS = 20;

interface LargeStack {
  readonly configuration: object;
  readonly state: object;
}

type Values = Record<string, unknown>;

/** Makes accounts with two tokens and five memberships each, and the state that an apply of them would have left. */
export async function largeStack(gitlab: TestGitLab, accounts: number): Promise<LargeStack> {
  const group = await gitlab.group("platform");
  const projects = await Promise.all(
    Array.from({ length: CONTAINERS }, (_, at) => gitlab.project(`p${at}`, group)),
  );
  const declared: Record<string, Record<string, Values>> = {
    glsa_service_account: {},
    glsa_access_token: {},
    glsa_membership: {},
  };
  const instances: object[] = [];
  const add = (
    type: string,
    name: string,
    written: Values,
    attributes: Values,
    dependsOn: string[],
  ) => {
    (declared[type] ?? {})[name] = written;
    instances.push(instance(type, name, attributes, dependsOn));
  };
  for (let index = 0; index < accounts; index++) {
    await makeAccount(gitlab, { index, group, projects }, add);
  }
  return { configuration: configuration(declared), state: state(instances) };
}

type Add = (
  type: string,
  name: string,
  written: Values,
  attributes: Values,
  dependsOn: string[],
) => void;

async function makeAccount(
  gitlab: TestGitLab,
  { index, group, projects }: { index: number; group: number; projects: readonly number[] },
  add: Add,
): Promise<void> {
  const username = `bot-${index}`;
  const path = `/groups/${group}/service_accounts`;
  const account = await gitlab.call<{ id: number; email: string }>("POST", path, {
    username,
    name: username,
  });
  const id = `group:${group}:${account.id}`;
  const owner = [`glsa_service_account.a${index}`];
  const reference = `\${glsa_service_account.a${index}.id}`;
  add(
    "glsa_service_account",
    `a${index}`,
    { group: "platform", username },
    {
      group: "platform",
      project: null,
      instance: null,
      username,
      name: username,
      email: account.email,
      deletion_protection: false,
      on_destroy: "delete",
      hard_delete: false,
      timeouts: null,
      id,
      user_id: account.id,
      status: "active",
    },
    [],
  );
  for (let at = 0; at < TOKENS; at++) {
    const written = {
      name: `t${at}`,
      scopes: ["read_api"],
      expires_at: inDays(90),
      store_value: true,
    };
    const made = await gitlab.call<{ id: number; token: string; created_at: string }>(
      "POST",
      `${path}/${account.id}/personal_access_tokens`,
      { name: written.name, scopes: written.scopes, expires_at: written.expires_at },
    );
    add(
      "glsa_access_token",
      `a${index}_t${at}`,
      { ...written, service_account_id: reference },
      {
        ...written,
        service_account_id: id,
        description: null,
        never_expires: false,
        deliver_to: null,
        id: `${id}:${made.id}`,
        token_id: made.id,
        generation: 1,
        created_at: made.created_at,
        status: "active",
        rotation_reason: null,
        fingerprint: `sha256:${createHash("sha256").update(made.token).digest("hex").slice(0, 32)}`,
        value: made.token,
      },
      owner,
    );
  }
  for (let at = 0; at < MEMBERSHIPS; at++) {
    const place = (index + at * 3) % projects.length;
    const written = { project: `platform/p${place}`, role: "developer" };
    await gitlab.call("POST", `/projects/${projects[place]}/members`, {
      user_id: account.id,
      access_level: 30,
    });
    add(
      "glsa_membership",
      `a${index}_m${at}`,
      { ...written, service_account_id: reference },
      {
        ...written,
        service_account_id: id,
        user_id: account.id,
        group: null,
        custom_role_id: null,
        expires_at: null,
        remove_memberships_below: false,
        id: `project:${projects[place]}:${account.id}`,
        status: "active",
      },
      owner,
    );
  }
}

function instance(type: string, name: string, attributes: Values, dependencies: string[]): object {
  return {
    mode: "managed",
    type,
    name,
    provider: `provider["${PROVIDER_ADDRESS}"]`,
    instances: [{ schema_version: 0, attributes, sensitive_attributes: [], dependencies }],
  };
}

function configuration(resource: object): object {
  return {
    terraform: { required_providers: { glsa: { source: PROVIDER_ADDRESS } } },
    provider: { glsa: { stack: "bench" } },
    resource,
  };
}

function state(resources: readonly object[]): object {
  return {
    version: 4,
    terraform_version: "1.11.4",
    serial: 1,
    lineage: "bench",
    outputs: {},
    resources,
    check_results: null,
  };
}
