import type { SandboxState } from "../../src/sandbox";
import { TestInstance } from "./client";

let gitlab: TestInstance;
let group: number;
let project: number;

beforeAll(async () => {
  gitlab = await TestInstance.start();
});
afterAll(() => TestInstance.closeAll());
beforeEach(async () => {
  await gitlab.control("POST", "reset");
  group = await gitlab.group("g");
  project = await gitlab.project("p", group);
});

const usernames = async (path: string) =>
  (await gitlab.get<{ username: string }[]>("GET", path)).map(({ username }) => username);

/** Lets Owners and Maintainers create accounts. */
const allowOwners = () =>
  gitlab.get("PUT", "/application/settings", {
    allow_top_level_group_owners_to_create_service_accounts: true,
  });

async function humanWithRole(source: string, access_level: number) {
  const user = await gitlab.human(`human-${access_level}`);
  await gitlab.get("POST", `${source}/members`, { user_id: user.id, access_level });
  return user;
}

describe("accounts of the instance", () => {
  test("are for administrators alone", async () => {
    const { token } = await gitlab.human("other");
    for (const [method, path] of [
      ["GET", "/service_accounts"],
      ["POST", "/service_accounts"],
      ["PATCH", "/service_accounts/1"],
    ] as const) {
      const body = method === "GET" ? undefined : {};
      expect((await gitlab.ask(method, path, body, "")).status).toBe(401);
      expect(await gitlab.ask(method, path, body, token)).toMatchObject({
        status: 403,
        body: { message: "403 Forbidden" },
      });
    }
  });

  test("are listed with those of groups and projects, and all may be changed here", async () => {
    await gitlab.account("", { username: "a" });
    await gitlab.account(`/groups/${group}`, { username: "b" });
    const id = await gitlab.account(`/projects/${project}`, { username: "c" });
    expect(await usernames("/service_accounts")).toEqual(["c", "b", "a"]);
    expect(await usernames("/service_accounts?order_by=username&sort=asc")).toEqual([
      "a",
      "b",
      "c",
    ]);
    const changed = await gitlab.get("PATCH", `/service_accounts/${id}`, { name: "New" });
    expect(changed).toMatchObject({ username: "c", name: "New" });
  });

  test("have no route for one, neither to read nor to delete", async () => {
    const id = await gitlab.account("");
    expect((await gitlab.ask("GET", `/service_accounts/${id}`)).status).toBe(405);
    expect((await gitlab.ask("DELETE", `/service_accounts/${id}`)).status).toBe(405);
  });

  test.each([
    ["a human", "1", 400, { message: "User is not a service account" }],
    ["nobody", "999", 404, { message: "404 Not found" }],
    ["no number", "x", 400, { error: "user_id is invalid" }],
  ])("are not %s", async (_, id, status, body) => {
    expect(await gitlab.ask("PATCH", `/service_accounts/${id}`, {})).toMatchObject({
      status,
      body,
    });
  });

  test("may be internal from 19.4 on, and before that the parameter is unknown", async () => {
    const recent = await TestInstance.start({ version: "19.4" });
    const created = await recent.get("POST", "/service_accounts", { external: false });
    expect(created).toMatchObject({ external: false });
    const path = `/service_accounts/${String(created["id"])}`;
    expect(await recent.get("PATCH", path, { name: "New" })).toMatchObject({ external: false });
    expect(await recent.get("PATCH", path, { external: true })).toMatchObject({ external: true });
    expect((await recent.ask("POST", "/service_accounts", { external: "x" })).status).toBe(400);
    expect((await gitlab.ask("POST", "/service_accounts", { external: "x" })).status).toBe(201);
  });
});

describe("names of accounts", () => {
  const format =
    "Username can contain only letters, digits, '_', '-' and '.'. Cannot start with '-' or end in '.', '.git' or '.atom'.";
  const extension = "Username ending with a reserved file extension is not allowed.";

  test.each([
    ["-a", format],
    ["a.", format],
    ["a.git", format],
    ["a.atom", `${extension} and ${format}`],
    ["a b", format],
    ["a".repeat(256), "Username is too long (maximum is 255 characters)"],
    ["x.json", extension],
    ["x.tar.gz", extension],
    ["admin", "Username admin is a reserved name"],
    ["Robots.txt", `${extension} and Username Robots.txt is a reserved name`],
  ])("%s is refused", async (username, problem) => {
    expect(await gitlab.ask("POST", "/service_accounts", { username })).toMatchObject({
      status: 400,
      body: { message: `400 Bad request - ${problem}` },
    });
  });

  test.each(["_x", ".x", "x-", "x_", "9", "x.GIT", "xjson", "json"])(
    "%s is allowed for accounts and for people",
    async (username) => {
      expect(await gitlab.get("POST", "/service_accounts", { username })).toMatchObject({
        username,
      });
      const human = { username: `${username}-`, name: "x", email: "x@example.com" };
      const body = { ...human, force_random_password: true };
      expect((await gitlab.ask("POST", "/users", body)).status).toBe(201);
    },
  );

  test("may be 255 characters long, of letters, digits, dots, dashes and underscores", async () => {
    const username = `a_1-b.c${"x".repeat(248)}`;
    expect(await gitlab.get("POST", "/service_accounts", { username, name: " " })).toMatchObject({
      username,
      name: "Service account user",
    });
  });

  test("stay taken by users of any kind", async () => {
    await gitlab.human("person");
    const answer = await gitlab.ask("POST", `/groups/${group}/service_accounts`, {
      username: "Person",
    });
    expect(answer.status).toBe(400);
  });

  test("a custom e-mail is shown at once, also where it is not confirmed yet", async () => {
    await gitlab.get("PUT", "/application/settings", { email_confirmation_setting: "hard" });
    const account = await gitlab.get("POST", "/service_accounts", { email: "bot@example.com" });
    expect(account).toMatchObject({ email: "bot@example.com" });
    expect(account).not.toHaveProperty("unconfirmed_email");
    expect(await gitlab.get("GET", `/users/${String(account["id"])}`)).toMatchObject({
      confirmed_at: null,
    });
  });
});

describe("accounts of a group", () => {
  test("are those of that very group, not of what is below it", async () => {
    const subgroup = await gitlab.group("s", group);
    await gitlab.account(`/groups/${group}`, { username: "top" });
    await gitlab.account(`/groups/${subgroup}`, { username: "sub" });
    await gitlab.account(`/projects/${project}`, { username: "project" });
    expect(await usernames(`/groups/${group}/service_accounts`)).toEqual(["top"]);
    expect(await usernames("/groups/g%2Fs/service_accounts")).toEqual(["sub"]);
  });

  test("are managed by its Owners, inherited ones included, and by nobody below", async () => {
    const subgroup = await gitlab.group("s", group);
    const list = (token: string) =>
      gitlab.ask("GET", `/groups/${subgroup}/service_accounts`, undefined, token);
    expect((await list((await humanWithRole(`/groups/${group}`, 50)).token)).status).toBe(200);
    expect((await list((await humanWithRole(`/groups/${subgroup}`, 40)).token)).status).toBe(403);
  });

  test("refuse a user of the group who is no account", async () => {
    const { id } = await gitlab.human("employee");
    const state = (await gitlab.control("GET", "state")).body as SandboxState;
    const rows = state.users.rows.map((user) =>
      user.id === id ? { ...user, provisioned_by_group_id: group } : user,
    );
    await gitlab.control("POST", "state", { ...state, users: { ...state.users, rows } });
    expect(await gitlab.ask("PATCH", `/groups/${group}/service_accounts/${id}`, {})).toMatchObject({
      status: 400,
      body: { message: "400 Bad request - User is not of type Service Account" },
    });
  });

  test.each([
    ["order_by=name", "order_by does not have a valid value"],
    ["sort=up", "sort does not have a valid value"],
  ])("are not listed with %s", async (query, error) => {
    expect(await gitlab.ask("GET", `/groups/${group}/service_accounts?${query}`)).toMatchObject({
      status: 400,
      body: { error },
    });
  });
});

describe("accounts of a project", () => {
  const path = () => `/projects/${project}/service_accounts`;

  test("are managed by its Maintainers, where the instance lets them create", async () => {
    const { token } = await humanWithRole(`/projects/${project}`, 40);
    const create = () => gitlab.ask("POST", path(), {}, token);
    expect(await create()).toMatchObject({
      status: 400,
      body: {
        message:
          "400 Bad request - User does not have permission to create a service account in this project.",
      },
    });
    await allowOwners();
    const created = await create();
    expect(created.status).toBe(201);
    expect((created.body as { username: string }).username).toMatch(
      new RegExp(`^service_account_project_${project}_[0-9a-f]{32}$`),
    );
    const developer = await humanWithRole(`/projects/${project}`, 30);
    expect((await gitlab.ask("GET", path(), undefined, developer.token)).status).toBe(403);
  });

  test("are changed and deleted here, and by nobody else's id", async () => {
    const id = await gitlab.account(`/projects/${project}`);
    const other = await gitlab.account(`/groups/${group}`);
    const changed = await gitlab.get("PATCH", `${path()}/${id}`, { username: "renamed" });
    expect(changed).toMatchObject({ id, username: "renamed" });
    expect(await gitlab.ask("DELETE", `${path()}/${other}`)).toMatchObject({
      status: 404,
      body: { message: "404 User Not Found" },
    });
    expect((await gitlab.ask("DELETE", `${path()}/${id}`)).status).toBe(204);
    await gitlab.control("POST", "purge");
    expect(await usernames(path())).toEqual([]);
  });

  test("may be deleted although they own a group alone, unlike those of groups", async () => {
    const id = await gitlab.account(`/projects/${project}`);
    const state = (await gitlab.control("GET", "state")).body as SandboxState;
    const rows = state.members.rows.map((member) => ({ ...member, user_id: id }));
    await gitlab.control("POST", "state", { ...state, members: { ...state.members, rows } });
    expect((await gitlab.ask("DELETE", `/users/${id}`)).status).toBe(409);
    expect((await gitlab.ask("DELETE", `${path()}/${id}`)).status).toBe(204);
  });
});

describe("one account", () => {
  test("is served from 19.4 on", async () => {
    const id = await gitlab.account(`/groups/${group}`);
    expect((await gitlab.ask("GET", `/groups/${group}/service_accounts/${id}`)).status).toBe(405);
    const recent = await TestInstance.start({ version: "19.4" });
    const parent = await recent.group("g");
    const base = `/projects/${await recent.project("p", parent)}/service_accounts`;
    const created = await recent.get("POST", base);
    const shown = await recent.get("GET", `${base}/${String(created["id"])}`);
    expect(shown).toEqual(created);
    expect(await recent.ask("GET", `${base}/999`)).toMatchObject({
      status: 404,
      body: { message: "404 User Not Found" },
    });
  });
});

test("17.11 changes neither an account's e-mail nor accounts of the instance", async () => {
  const old = await TestInstance.start({ version: "17.11" });
  const parent = await old.group("g");
  const id = await old.account(`/groups/${parent}`);
  const path = `/groups/${parent}/service_accounts/${id}`;
  const changed = await old.get("PATCH", path, { email: "new@example.com", name: "New" });
  expect(changed).toMatchObject({ name: "New" });
  expect(changed["email"]).toMatch(/noreply/);
  expect((await old.ask("PATCH", `/service_accounts/${id}`, {})).status).toBe(404);
});
