import type { SandboxOptions } from "../../src/sandbox";
import { TestInstance, type Token } from "./client";

interface GranularToken extends Token {
  readonly granular: boolean;
  readonly scopes: readonly string[];
  readonly granular_scopes?: readonly object[];
}

let gitlab: TestInstance;
let group: number;
let account: number;

async function start(options: SandboxOptions = {}): Promise<void> {
  gitlab = await TestInstance.start({ now: "2026-06-01T12:00:00Z", version: "19.6", ...options });
  group = await gitlab.group("g");
  account = await gitlab.account(`/groups/${group}`);
}
beforeEach(() => start());
afterEach(() => TestInstance.closeAll());

const route = () => `/users/${account}/personal_access_tokens`;
const ofUser = { access: "user", permissions: ["read_user", "read_personal_access_token"] };
const selected = (permissions: string[], ids: object) => ({
  access: "selected_memberships",
  permissions,
  ...ids,
});
const made = (granular_scopes: readonly object[], path = route(), by?: string) =>
  gitlab.get<GranularToken>("POST", path, { name: "t", granular_scopes }, by);
const refused = (granular_scopes: readonly object[], by?: string) =>
  gitlab.ask("POST", route(), { name: "t", granular_scopes }, by);
const ask = (method: string, path: string, token: string, body?: object) =>
  gitlab.ask(method, path, body, token);

test("a token's permissions are shown with one place for each entry, and its scope is granular", async () => {
  const project = await gitlab.project("p", group);
  const { id, granular, scopes, granular_scopes } = await made([
    selected(["read_member"], { group_ids: [group], project_ids: [project] }),
    ofUser,
  ]);
  expect({ granular, scopes }).toEqual({ granular: true, scopes: ["granular"] });
  const entry = { access: "selected_memberships", permissions: ["read_member"] };
  const shown = [
    { ...entry, project_id: project, group_id: null },
    { ...entry, project_id: null, group_id: group },
    { ...ofUser, project_id: null, group_id: null },
  ];
  expect(granular_scopes).toEqual(shown);
  const listed = await gitlab.get<GranularToken[]>(
    "GET",
    `/groups/${group}/service_accounts/${account}/personal_access_tokens`,
  );
  expect(listed.find((token) => token.id === id)?.granular_scopes).toEqual(shown);
});

test("scopes and granular_scopes exclude each other, and one of them is needed", async () => {
  const both = { name: "t", scopes: ["api"], granular_scopes: [ofUser] };
  const error = async (body: object) => (await gitlab.ask("POST", route(), body)).body;
  expect(await error(both)).toEqual({ error: "scopes, granular_scopes are mutually exclusive" });
  expect(await error({ name: "t" })).toEqual({
    error: "scopes, granular_scopes are missing, exactly one parameter must be provided",
  });
});

test.each([
  ["no scope", []],
  ["a place twice", [selected(["read_member"], { group_ids: [1, 1] })]],
  ["no permission", [{ access: "user", permissions: [] }]],
  ["a selection of nothing", [selected(["read_member"], {})]],
])("GitLab refuses %s", async (_, scopes) => {
  expect((await refused(scopes)).status).toBe(422);
});

test.each([
  ["an unknown access", [{ access: "world", permissions: ["read_user"] }]],
  ["no list", [{ access: "user", permissions: "read_user" }]],
  ["a path as a number", [selected(["read_member"], { group_ids: ["g"] })]],
])("the parameter check refuses %s", async (_, scopes) => {
  expect((await refused(scopes)).status).toBe(400);
});

test("a permission counts in its group and below, for its own action, and nowhere else", async () => {
  const sub = await gitlab.group("sub", group);
  const other = await gitlab.group("other", undefined, "private");
  const root = await gitlab.get<{ id: number }>("GET", "/user");
  const { token } = await made(
    [selected(["read_member"], { group_ids: [group] })],
    `/users/${root.id}/personal_access_tokens`,
  );
  expect((await ask("GET", `/groups/${sub}/members`, token)).status).toBe(200);
  const elsewhere = await ask("GET", `/groups/${other}/members`, token);
  expect(elsewhere).toMatchObject({
    status: 403,
    body: {
      error: "insufficient_granular_scope",
      error_description:
        "Access denied: This operation requires a fine-grained personal access token with the following group permissions: [Member: Read].",
    },
  });
  const adding = await ask("POST", `/groups/${group}/members`, token, {
    user_id: account,
    access_level: 10,
  });
  expect(adding.status).toBe(403);
  expect((await ask("GET", "/groups/missing", token)).status).toBe(404);
});

test("a place that its user cannot see is missing, and a public one is read without permission", async () => {
  const open = await gitlab.group("open", undefined, "public");
  const { token } = await made([ofUser]);
  expect((await ask("GET", `/groups/${group}`, token)).status).toBe(404);
  expect((await ask("GET", `/groups/${open}`, token)).status).toBe(200);
  expect((await ask("GET", `/groups/${open}/variables`, token)).status).toBe(403);
});

test("the permission alone gives no role", async () => {
  const { token } = await made([selected(["create_variable"], { group_ids: [group] })]);
  const variable = { key: "K", value: "v" };
  expect((await ask("POST", `/groups/${group}/variables`, token, variable)).status).toBe(404);
});

test("routes and GraphQL without a fine-grained permission are closed", async () => {
  const { token } = await made([ofUser]);
  const query = { query: "{ currentUser { username } }" };
  const response = await fetch(`${gitlab.url}/api/graphql`, {
    method: "POST",
    headers: { "PRIVATE-TOKEN": token, "Content-Type": "application/json" },
    body: JSON.stringify(query),
  });
  expect(await response.json()).toMatchObject({ data: null });
  expect((await ask("GET", "/user", token)).status).toBe(200);
  expect((await ask("GET", "/job", token)).status).toBe(403);
});

test("a fine-grained token creates none with more than it has itself", async () => {
  const root = await gitlab.get<{ id: number }>("GET", "/user");
  const own = [
    { access: "instance", permissions: ["create_personal_access_token", "read_metadata"] },
    selected(["read_member"], { group_ids: [group] }),
  ];
  const { token } = await made(own, `/users/${root.id}/personal_access_tokens`);
  const sub = await gitlab.group("sub", group);
  const below = [selected(["read_member"], { group_ids: [sub] })];
  expect((await made(below, route(), token)).granular).toBe(true);
  expect((await refused([selected(["read_member"], { group_ids: [99] })], token)).status).toBe(403);
  expect((await refused([ofUser], token)).status).toBe(403);
});

test("a rotation keeps the permissions", async () => {
  const { id } = await made([ofUser]);
  const rotated = await gitlab.get<GranularToken>("POST", `/personal_access_tokens/${id}/rotate`);
  expect(rotated).toMatchObject({ granular: true, granular_scopes: [ofUser] });
});

test("the group's route takes scopes only", async () => {
  const path = `/groups/${group}/service_accounts/${account}/personal_access_tokens`;
  const answer = await gitlab.ask("POST", path, { name: "t", granular_scopes: [ofUser] });
  expect(answer).toMatchObject({ status: 400, body: { error: "scopes is missing" } });
});

test("before 19.6 administrators create none for others, and users their own from 19.2 on", async () => {
  for (const [version, own] of [
    ["19.1", 400],
    ["19.2", 201],
    ["19.5", 201],
  ] as const) {
    await TestInstance.closeAll();
    await start({ version });
    expect((await refused([ofUser])).body).toEqual({ error: "scopes is missing" });
    const body = { name: "t", granular_scopes: [ofUser] };
    const answer = await gitlab.ask("POST", "/user/personal_access_tokens", body);
    expect(answer.status).toBe(own);
    if (own !== 201) continue;
    expect(answer.body).not.toHaveProperty("granular_scopes");
    const self = await ask("GET", "/personal_access_tokens/self", (answer.body as Token).token);
    expect("granular_scopes" in (self.body as object)).toBe(version === "19.5");
  }
});

test("where fine-grained tokens are enforced, humans get no others, and accounts still do", async () => {
  const root = await gitlab.get<{ id: number }>("GET", "/user");
  const settings = { enforce_granular_tokens: true, granular_tokens_enforced_after: "2026-06-02" };
  await gitlab.get("PUT", "/application/settings", settings);
  const legacy = { name: "t", scopes: ["api"] };
  const human = `/users/${root.id}/personal_access_tokens`;
  expect((await gitlab.ask("POST", human, legacy)).status).toBe(201);
  await gitlab.advance("P1D");
  expect((await gitlab.ask("POST", human, legacy)).status).toBe(422);
  expect((await gitlab.ask("POST", route(), legacy)).status).toBe(201);
});
