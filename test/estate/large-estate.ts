import type { Sandbox, SandboxState } from "../../src/sandbox";

export interface Size {
  readonly groups: number;
  readonly projects: number;
  readonly accounts: number;
  readonly humans: number;
  readonly tokensPerAccount: number;
  readonly tokensPerHuman: number;
  readonly membershipsPerAccount: number;
}

type Table<R> = { readonly next_id: number; readonly rows: readonly R[] };

/** A stand-in full of groups, projects, accounts and humans below the group "estate"; returns that group's owner's token. */
export async function fill(sandbox: Sandbox, size: Size): Promise<string> {
  const { owner, groupId, accountId, humanId } = await pattern(sandbox);
  const state = sandbox.control.state();
  const group = lastRow(state.groups);
  const project = lastRow(state.projects);
  const groupIds = idsFrom(state.groups, size.groups);
  const projectIds = idsFrom(state.projects, size.projects);
  const accountIds = idsFrom(state.users, size.accounts);
  const firstHuman = state.users.next_id + size.accounts;
  const humanIds = times(size.humans, (index) => firstHuman + index);
  const account = rowOf(state.users, accountId);
  const human = rowOf(state.users, humanId);
  const places = [
    ...groupIds.map((id) => ({ source_type: "group" as const, source_id: id })),
    ...projectIds.map((id) => ({ source_type: "project" as const, source_id: id })),
  ];
  const token = lastRow(state.tokens);
  const member = lastRow(state.members);
  const accountTokens = accountIds.flatMap((id) => times(size.tokensPerAccount, () => id));
  const humanTokens = humanIds.flatMap((id) => times(size.tokensPerHuman, () => id));
  const tokenUsers = [...accountTokens, ...humanTokens];
  sandbox.control.loadState({
    ...state,
    groups: added(state.groups, group, groupIds, (id) => ({
      parent_id: groupId,
      path: `group-${id}`,
      full_path: `estate/group-${id}`,
    })),
    projects: added(state.projects, project, projectIds, (id, index) => ({
      group_id: groupIds[index % groupIds.length],
      path: `project-${id}`,
      full_path: `estate/group-${groupIds[index % groupIds.length]}/project-${id}`,
    })),
    users: added(state.users, account, [...accountIds, ...humanIds], (id, index) =>
      index < accountIds.length
        ? userOf(id, "bot", groupIds[index % groupIds.length] ?? groupId)
        : { ...human, ...userOf(id, "human", null), provisioned_by_group_id: null },
    ),
    tokens: added(state.tokens, token, idsFrom(state.tokens, tokenUsers.length), (id, index) => ({
      user_id: tokenUsers[index],
      digest: `digest-${id}`,
      name: `token-${id}`,
    })),
    members: membersOf(state, member, { size, accountIds, humanIds, places }),
  } as SandboxState);
  return owner;
}

function membersOf(
  state: SandboxState,
  member: SandboxState["members"]["rows"][number],
  {
    size,
    accountIds,
    humanIds,
    places,
  }: {
    readonly size: Size;
    readonly accountIds: readonly number[];
    readonly humanIds: readonly number[];
    readonly places: readonly { source_type: "group" | "project"; source_id: number }[];
  },
): SandboxState["members"] {
  const wanted = [
    ...accountIds.flatMap((id, index) =>
      times(size.membershipsPerAccount, (turn) => ({
        user_id: id,
        ...places[(index + turn * 7) % places.length],
      })),
    ),
    ...humanIds.map((id, index) => ({ user_id: id, ...places[index % places.length] })),
  ];
  return added(state.members, member, idsFrom(state.members, wanted.length), (_, index) => ({
    ...wanted[index],
    access_level: 30,
  }));
}

function userOf(id: number, word: string, groupId: number | null) {
  const digits = id.toString(16).padStart(32, "0");
  return {
    username: `${word}-${id}`,
    name: `${word} ${id}`,
    email:
      groupId === null
        ? `human-${id}@example.com`
        : `service_account_group_${groupId}_${digits}@noreply.example.com`,
    provisioned_by_group_id: groupId,
    namespace_id: 1_000_000 + id,
  };
}

/** One of everything, made through the API. */
async function pattern(sandbox: Sandbox) {
  const call = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const response = await fetch(`${sandbox.url}/api/v4${path}`, {
      method,
      headers: { "private-token": sandbox.token, "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return (await response.json()) as T;
  };
  type Made = { readonly id: number; readonly token: string };
  const { id: groupId } = await call<Made>("POST", "/groups", { name: "estate", path: "estate" });
  await call("POST", "/groups", { name: "first", path: "first", parent_id: groupId });
  await call("POST", "/projects", { name: "first", path: "one", namespace_id: groupId });
  const { id: humanId } = await call<Made>("POST", "/users", {
    username: "estate-owner",
    name: "Owner",
    email: "estate-owner@example.com",
    password: "Correct-horse-7-staple",
    skip_confirmation: true,
  });
  await call("POST", `/groups/${groupId}/members`, { user_id: humanId, access_level: 50 });
  const { id: accountId } = await call<Made>("POST", `/groups/${groupId}/service_accounts`, {});
  const { token: owner } = await call<Made>("POST", `/users/${humanId}/personal_access_tokens`, {
    name: "audit",
    scopes: ["api"],
  });
  await call("POST", `/groups/${groupId}/service_accounts/${accountId}/personal_access_tokens`, {
    name: "ci",
    scopes: ["read_api"],
  });
  await call("POST", `/groups/${groupId}/members`, { user_id: accountId, access_level: 30 });
  return { owner, groupId, accountId, humanId };
}

function added<R>(
  { next_id, rows }: Table<R>,
  like: R,
  ids: readonly number[],
  values: (id: number, index: number) => object,
): Table<R> {
  const made = ids.map((id, index) => ({ ...like, ...values(id, index), id }));
  return { next_id: next_id + ids.length, rows: [...rows, ...made] };
}

function idsFrom({ next_id }: Table<unknown>, count: number): number[] {
  return times(count, (index) => next_id + index);
}

function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

function lastRow<R>({ rows }: Table<R>): R {
  const row = rows.at(-1);
  if (row === undefined) throw new TypeError("There is nothing to multiply.");
  return row;
}

function rowOf<R extends { readonly id: number }>({ rows }: Table<R>, id: number): R {
  const row = rows.find((each) => each.id === id);
  if (row === undefined) throw new TypeError(`There is no row ${id}.`);
  return row;
}
