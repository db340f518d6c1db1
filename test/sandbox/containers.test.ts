import { TestInstance } from "./client";

let gitlab: TestInstance;
let stranger: { id: number; token: string };

beforeAll(async () => {
  gitlab = await TestInstance.start();
});
afterAll(() => TestInstance.closeAll());
beforeEach(async () => {
  await gitlab.control("POST", "reset");
  stranger = await gitlab.human("stranger");
});

describe("a project that has moved", () => {
  let project: number;

  beforeEach(async () => {
    project = await gitlab.project("old", await gitlab.group("g"));
    await gitlab.get("PUT", `/projects/${project}`, { path: "new" });
  });

  const visit = async (method: string, path: string, token = gitlab.root) => {
    const headers = { "PRIVATE-TOKEN": token };
    const url = `${gitlab.url}/api/v4${path}`;
    const response = await fetch(url, { method, headers, redirect: "manual" });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };

  test("sends readers of its old path on to its id", async () => {
    const target = `${gitlab.url}/api/v4/projects/${project}/members?per_page=5`;
    const { status, headers, text } = await visit("GET", "/projects/g%2Fold/members?per_page=5");
    expect([status, headers.get("location")]).toEqual([301, target]);
    expect(headers.get("content-type")).toBe("text/plain");
    expect(text).toContain(target);
    expect((await visit("GET", "/projects/g%2Fnew")).status).toBe(200);
  });

  test("refuses changes under its old path", async () => {
    const { status, text } = await visit("DELETE", "/projects/g%2Fold");
    expect([status, JSON.parse(text)]).toEqual([
      405,
      { message: "Non GET methods are not allowed for moved projects" },
    ]);
  });

  test("stays hidden from those who may not see it", async () => {
    expect((await visit("GET", "/projects/g%2Fold", stranger.token)).status).toBe(404);
  });

  test("moves with its group as well, and gives its old path up to another", async () => {
    await gitlab.get("PUT", "/groups/g", { path: "h" });
    expect((await visit("GET", "/projects/g%2Fnew")).status).toBe(301);
    const other = await gitlab.project("new", await gitlab.group("g"));
    expect(await gitlab.get("GET", "/projects/g%2Fnew")).toMatchObject({ id: other });
  });
});

describe("what is private in a public group", () => {
  test("is not in the group's own list of projects", async () => {
    const group = await gitlab.group("open", undefined, "public");
    await gitlab.project("hidden", group);
    const shown = (token?: string) =>
      gitlab.get<{ projects: object[] }>("GET", "/groups/open", undefined, token);
    expect((await shown()).projects).toHaveLength(1);
    expect((await shown(stranger.token)).projects).toEqual([]);
  });

  test("shows its runners' token only to those who manage it", async () => {
    await gitlab.group("open", undefined, "public");
    const keys = async (token?: string) =>
      Object.keys(await gitlab.get<object>("GET", "/groups/open", undefined, token));
    expect(await keys()).toContain("runners_token");
    expect(await keys(stranger.token)).not.toContain("runners_token");
  });

  test("a bot's name is for those who may see where it works", async () => {
    const group = await gitlab.group("closed");
    const values = { name: "secret purpose", scopes: ["api"] };
    const { user_id } = await gitlab.get<{ user_id: number }>(
      "POST",
      `/groups/${group}/access_tokens`,
      values,
    );
    const path = `/users/${user_id}`;
    expect(await gitlab.get("GET", path)).toMatchObject({ name: "secret purpose" });
    expect(await gitlab.get("GET", path, undefined, stranger.token)).toMatchObject({
      name: "****",
    });
    await gitlab.get("POST", `/groups/${group}/members`, {
      user_id: stranger.id,
      access_level: 10,
    });
    expect(await gitlab.get("GET", path, undefined, stranger.token)).toMatchObject({
      name: "secret purpose",
    });
  });

  test("a group that is hidden looks like one that is not there", async () => {
    const hidden = await gitlab.group("hidden");
    for (const namespace_id of [hidden, 999]) {
      const body = { name: "p", namespace_id };
      expect(await gitlab.ask("POST", "/projects", body, stranger.token)).toMatchObject({
        status: 400,
        body: { message: { namespace: ["is not valid"] } },
      });
    }
  });

  test("accounts are external, and see nothing internal until they are members", async () => {
    const group = await gitlab.group("house", undefined, "internal");
    const account = await gitlab.account("");
    const { token } = await gitlab.userToken(account);
    expect((await gitlab.ask("GET", "/groups/house", undefined, stranger.token)).status).toBe(200);
    expect((await gitlab.ask("GET", "/groups/house", undefined, token)).status).toBe(404);
    await gitlab.get("POST", `/groups/${group}/members`, { user_id: account, access_level: 10 });
    expect((await gitlab.ask("GET", "/groups/house", undefined, token)).status).toBe(200);
  });
});

describe("a path", () => {
  test("of GitLab's own is no group's at the top, but may be one's below", async () => {
    const values = { name: "api", path: "api" };
    expect(await gitlab.ask("POST", "/groups", values)).toMatchObject({
      status: 400,
      body: { message: 'Failed to save group {:path=>["api is a reserved name"]}' },
    });
    const parent_id = await gitlab.group("g");
    expect((await gitlab.ask("POST", "/groups", { ...values, parent_id })).status).toBe(201);
  });

  test("of digits alone is always an id", async () => {
    await gitlab.group("2026");
    expect((await gitlab.ask("GET", "/groups/2026")).status).toBe(404);
  });
});

describe("a user", () => {
  test("is made, shown, found and removed by administrators", async () => {
    const values = { username: "jane", name: "Jane", email: "jane@example.com" };
    expect(await gitlab.ask("POST", "/users", values)).toMatchObject({ status: 400 });
    const created = await gitlab.get("POST", "/users", { ...values, reset_password: true });
    expect(created).toMatchObject({ username: "jane", state: "active", bot: false });
    expect(await gitlab.ask("POST", "/users", { ...values, reset_password: true })).toMatchObject({
      status: 409,
      body: { message: "Email has already been taken" },
    });
    const found = await gitlab.get<object[]>("GET", "/users?search=jane@example.com");
    expect(found).toMatchObject([{ username: "jane" }]);
    const path = `/users/${String(created["id"])}`;
    expect((await gitlab.ask("DELETE", path, undefined, stranger.token)).status).toBe(403);
    expect((await gitlab.ask("DELETE", path)).status).toBe(204);
  });

  test("is listed by kind, and the Link header repeats every default", async () => {
    await gitlab.account("", { username: "bot" });
    const query = "exclude_humans=true&without_project_bots=true&exclude_internal=true";
    const { body, headers } = await gitlab.ask("GET", `/users?${query}`);
    expect(body).toMatchObject([{ username: "bot", bot: true }]);
    expect(headers.get("link")).toContain("skip_ldap=false");
    expect(headers.get("link")).toContain("exclude_humans=true");
  });

  test("who owns a group alone is not removed without hard_delete", async () => {
    const group = await gitlab.group("g");
    await gitlab.get("POST", `/groups/${group}/members`, {
      user_id: stranger.id,
      access_level: 50,
    });
    await gitlab.get("DELETE", `/groups/${group}/members/1`);
    const path = `/users/${stranger.id}`;
    expect(await gitlab.ask("DELETE", path)).toMatchObject({
      status: 409,
      body: { message: "User cannot be removed while is the sole-owner of a group" },
    });
    expect((await gitlab.ask("DELETE", `${path}?hard_delete=true`)).status).toBe(204);
    await gitlab.control("POST", "purge");
    expect((await gitlab.ask("GET", `/groups/${group}`)).status).toBe(404);
    expect(await gitlab.ask("DELETE", path)).toMatchObject({
      status: 404,
      body: { message: "404 User Not Found" },
    });
  });
});

describe("settings that change nothing here", () => {
  test.each([
    [
      "groups",
      { project_creation_level: "maintainer", request_access_enabled: false, lfs_enabled: "no" },
      { project_creation_level: "maintainer", request_access_enabled: false, lfs_enabled: false },
    ],
    [
      "projects",
      { issues_access_level: "private", emails_enabled: false, merge_method: "ff", topics: "a,b" },
      {
        ...{ issues_access_level: "private", emails_enabled: false, emails_disabled: true },
        ...{ merge_method: "ff", topics: ["a", "b"], tag_list: ["a", "b"] },
      },
    ],
  ])(
    "of %s are kept, shown in their place, and stay when others are changed",
    async (type, given, shown) => {
      const fresh = await gitlab.get<{ id: number }>("POST", `/${type}`, { name: "n", path: "n" });
      const path = `/${type}/${fresh.id}`;
      const changed = await gitlab.get("PUT", path, given);
      expect(changed).toMatchObject(shown);
      expect(Object.keys(changed)).toEqual(Object.keys(fresh));
      await gitlab.get("PUT", path, { description: "other" });
      expect(await gitlab.get("GET", path)).toMatchObject({ ...shown, description: "other" });
      const made = await gitlab.get("POST", `/${type}`, { name: "m", path: "m", ...given });
      expect(made).toMatchObject(shown);
    },
  );

  test("are left alone by those who may not change them", async () => {
    const group = await gitlab.group("g");
    const project = await gitlab.project("p", group);
    const join = async (path: string, access_level: number) => {
      const { id, token } = await gitlab.human(`user-${access_level}`);
      await gitlab.get("POST", `${path}/members`, { user_id: id, access_level });
      return token;
    };
    const [owner, maintainer] = [
      await join(`/groups/${group}`, 50),
      await join(`/projects/${project}`, 40),
    ];
    const off = { emails_enabled: false, lfs_enabled: false };
    expect(await gitlab.get("PUT", `/projects/${project}`, off, maintainer)).toMatchObject({
      ...{ emails_enabled: true, lfs_enabled: false },
    });
    expect(await gitlab.get("PUT", `/projects/${project}`, off, owner)).toMatchObject(off);
    const limit = { shared_runners_minutes_limit: 5 };
    const path = `/groups/${group}`;
    expect(await gitlab.get("PUT", path, limit, owner)).not.toMatchObject(limit);
    expect(await gitlab.get("PUT", path, limit)).toMatchObject(limit);
  });

  test("are refused with a value that GitLab does not know", async () => {
    const { id } = await gitlab.get<{ id: number }>("POST", "/projects", { name: "n" });
    expect(await gitlab.ask("PUT", `/projects/${id}`, { merge_method: "octopus" })).toMatchObject({
      status: 400,
      body: { error: "merge_method does not have a valid value" },
    });
  });
});
