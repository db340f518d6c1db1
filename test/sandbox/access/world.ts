import type { SandboxHandle, SandboxState } from "../../../src/sandbox";
import type { Caller, Role } from "./rule";

/** A private group with one of everything in it, and callers of every kind. */
export interface World {
  readonly state: SandboxState;
  readonly tokens: Readonly<Partial<Record<Caller, string>>>;
  readonly group: number;
  readonly project: number;
  /** A user without any membership, who is no caller. */
  readonly newcomer: number;
  /** A public group outside, with which nothing is shared yet. */
  readonly outside: number;
  /** Values for the places in a path, by the beginning of the routes that they are for. */
  readonly places: readonly { readonly prefix: string; readonly values: Places }[];
}

export type Places = Readonly<Record<string, string | number>>;

interface Created {
  readonly id: number;
  readonly token: string;
  readonly iid: number;
}

const levels: Readonly<Record<Role | "minimal", number>> = {
  minimal: 5,
  guest: 10,
  planner: 15,
  reporter: 20,
  developer: 30,
  maintainer: 40,
  owner: 50,
};

/** Sends what the administrator sets a world up with. */
function setup(gitlab: SandboxHandle) {
  return async (method: string, path: string, body?: object): Promise<Created> => {
    const response = await fetch(`${gitlab.url}/api/v4${path}`, {
      method,
      headers: { "PRIVATE-TOKEN": gitlab.token, "Content-Type": "application/json" },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === "" ? {} : JSON.parse(text)) as Created;
  };
}

type Ask = ReturnType<typeof setup>;

async function human(ask: Ask, username: string): Promise<number> {
  const email = `${username}@example.com`;
  const person = { username, name: username, email, force_random_password: true };
  return (await ask("POST", "/users", person)).id;
}

async function tokenOf(ask: Ask, user: number, scopes: readonly string[] = ["api"]) {
  const path = `/users/${user}/personal_access_tokens`;
  return (await ask("POST", path, { name: "own", scopes })).token;
}

/** An account of a group or project, with a token. */
async function account(ask: Ask, source: string) {
  const { id } = await ask("POST", `${source}/service_accounts`, {});
  const path = `${source}/service_accounts/${id}/personal_access_tokens`;
  const token = await ask("POST", path, { name: "t", scopes: ["api"] });
  return { id, token };
}

async function lastEvent(ask: Ask, source: string): Promise<number> {
  const events = await ask("GET", `${source}/audit_events`);
  return (events as unknown as Created[])[0]?.id ?? 0;
}

export async function createWorld(gitlab: SandboxHandle): Promise<World> {
  const ask = setup(gitlab);
  await ask("PUT", "/application/settings", {
    allow_top_level_group_owners_to_create_service_accounts: true,
  });
  const group = await ask("POST", "/groups", { name: "g", path: "g" });
  const project = await ask("POST", "/projects", { name: "p", namespace_id: group.id });
  const other = await ask("POST", "/projects", { name: "other", namespace_id: group.id });
  const groupPath = `/groups/${group.id}`;
  const projectPath = `/projects/${project.id}`;

  const tokens: Partial<Record<Caller, string>> = { administrator: gitlab.token };
  for (const [name, access_level] of Object.entries(levels)) {
    const user_id = await human(ask, name);
    await ask("POST", `${groupPath}/members`, { user_id, access_level });
    tokens[name as Role] = await tokenOf(ask, user_id);
    if (name === "owner") tokens.reader = await tokenOf(ask, user_id, ["read_api"]);
  }
  tokens.stranger = await tokenOf(ask, await human(ask, "stranger"));
  const below = await human(ask, "below");
  await ask("POST", `/projects/${other.id}/members`, { user_id: below, access_level: 30 });
  tokens.below = await tokenOf(ask, below);
  const bot = { name: "bot", scopes: ["api"], access_level: 50 };
  tokens.bot = (await ask("POST", `${groupPath}/access_tokens`, bot)).token;

  const groupAccount = await account(ask, groupPath);
  const projectAccount = await account(ask, projectPath);
  const grandchild = await human(ask, "member");
  await ask("POST", "/admin/ci/variables", { key: "KEY", value: "v" });
  const membership = { user_id: grandchild, access_level: 20 };
  for (const source of [groupPath, projectPath]) {
    await ask("POST", `${source}/members`, membership);
    await ask("POST", `${source}/variables`, { key: "KEY", value: "v" });
  }
  const guest = { name: "t", scopes: ["api"], access_level: 10 };
  const groupToken = await ask("POST", `${groupPath}/access_tokens`, guest);
  const projectToken = await ask("POST", `${projectPath}/access_tokens`, guest);
  const request = { title: "t", source_branch: "b", target_branch: "main" };
  const { iid } = await ask("POST", `${projectPath}/merge_requests`, request);
  const note = await ask("POST", `${projectPath}/merge_requests/${iid}/notes`, { body: "n" });
  const issue = await ask("POST", `${projectPath}/issues`, { title: "t" });
  const remark = await ask("POST", `${projectPath}/issues/${issue.iid}/notes`, { body: "n" });
  await ask("POST", `${projectPath}/terraform/state/main`, { serial: 1 });
  const accountToken = await tokenOf(ask, groupAccount.id);
  const role = await ask("POST", "/member_roles", { name: "custom", base_access_level: 20 });
  const impersonation = await ask("POST", `/users/${groupAccount.id}/impersonation_tokens`, {
    name: "t",
    scopes: ["api"],
  });
  const deploy = { name: "t", scopes: ["read_repository"] };
  const groupDeploy = await ask("POST", `${groupPath}/deploy_tokens`, deploy);
  const projectDeploy = await ask("POST", `${projectPath}/deploy_tokens`, deploy);
  const trigger = await ask("POST", `${projectPath}/triggers`, { description: "t" });
  const guests = await ask("POST", "/groups", { name: "guests", path: "guests" });
  const outside = await ask("POST", "/groups", {
    ...{ name: "outside", path: "outside", visibility: "public" },
  });
  for (const source of [groupPath, projectPath]) {
    await ask("POST", `${source}/share`, { group_id: guests.id, group_access: 10 });
  }
  const groupEvent = await lastEvent(ask, groupPath);
  const projectEvent = await lastEvent(ask, projectPath);
  const goneGroup = await ask("POST", "/groups", {
    ...{ name: "gone", path: "gone", parent_id: group.id },
  });
  const goneProject = await ask("POST", "/projects", { name: "gone2", namespace_id: group.id });
  await ask("DELETE", `/groups/${goneGroup.id}`);
  await ask("DELETE", `/projects/${goneProject.id}`);
  const email = "invited@example.com";
  const requester = await human(ask, "requester");
  for (const source of [groupPath, projectPath]) {
    await ask("POST", `${source}/invitations`, { email, access_level: 20 });
    await ask("PUT", source, { visibility: "public" });
    await ask("POST", `${source}/access_requests`, { sudo: "requester" });
  }
  await ask("PUT", projectPath, { visibility: "private" });
  await ask("PUT", groupPath, { visibility: "private" });
  const newcomer = await human(ask, "newcomer");
  await ask("POST", `${projectPath}/releases`, { tag_name: "v1" });
  await ask("PUT", `${projectPath}/packages/generic/tool/1.0/tool.txt`, { any: "file" });
  const everything = ["read_package_registry", "write_package_registry", "read_repository"];
  const full = await ask("POST", `${projectPath}/deploy_tokens`, { ...deploy, scopes: everything });
  tokens.deploy = full.token;
  tokens.job = gitlab.control.startJob(project.id, "developer").token;

  return {
    state: gitlab.control.state(),
    tokens: { ...tokens, account: accountToken },
    group: group.id,
    project: project.id,
    newcomer,
    outside: outside.id,
    places: [
      placesOf("/groups/:id/service_accounts", group.id, groupAccount),
      placesOf("/projects/:id/service_accounts", project.id, projectAccount),
      place("/groups/:id/access_tokens", { id: group.id, token_id: groupToken.id }),
      place("/projects/:id/access_tokens", { id: project.id, token_id: projectToken.id }),
      place("/groups/:id/deploy_tokens", { id: group.id, token_id: groupDeploy.id }),
      place("/projects/:id/deploy_tokens", { id: project.id, token_id: projectDeploy.id }),
      place("/projects/:id/triggers", { id: project.id, trigger_id: trigger.id }),
      place("/groups/:id/restore", { id: goneGroup.id }),
      place("/projects/:id/restore", { id: goneProject.id }),
      place("/groups/:id/invitations", { id: group.id, email }),
      place("/projects/:id/invitations", { id: project.id, email }),
      place("/groups/:id/access_requests", { id: group.id, user_id: requester }),
      place("/projects/:id/access_requests", { id: project.id, user_id: requester }),
      place("/audit_events", { id: groupEvent }),
      place("/groups/:id/audit_events", { id: group.id, audit_event_id: groupEvent }),
      place("/projects/:id/audit_events", { id: project.id, audit_event_id: projectEvent }),
      place("/admin/ci/variables", { key: "KEY" }),
      place("/namespaces/:id", { id: group.id }),
      place("/member_roles", { member_role_id: role.id }),
      place("/projects/:id/issues", { id: project.id, iid: issue.iid, note_id: remark.id }),
      place("/groups/:id", {
        ...{ id: group.id, user_id: grandchild, key: "KEY" },
        group_id: guests.id,
      }),
      place("/projects/:id", {
        ...{ id: project.id, user_id: grandchild, key: "KEY", name: "main" },
        ...{ iid, note_id: note.id, group_id: guests.id, serial: 1, tag_name: "v1" },
        ...{ package_name: "tool", package_version: "1.0", file_name: "tool.txt" },
      }),
      place("/personal_access_tokens", { id: groupAccount.token.id }),
      place("/users", {
        ...{ id: groupAccount.id, user_id: groupAccount.id },
        impersonation_token_id: impersonation.id,
      }),
      place("/service_accounts", { user_id: groupAccount.id }),
    ],
  };
}

function place(prefix: string, values: Places) {
  return { prefix, values };
}

function placesOf(
  prefix: string,
  id: number,
  { id: user_id, token }: { id: number; token: Created },
) {
  return place(prefix, { id, user_id, token_id: token.id });
}
