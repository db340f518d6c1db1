import { TestInstance } from "./client";

let gitlab: TestInstance;

beforeAll(async () => {
  gitlab = await TestInstance.start();
});
afterAll(() => TestInstance.closeAll());
beforeEach(() => gitlab.control("POST", "reset"));

describe("creating a service account", () => {
  test("generates username, name and e-mail, and shows exactly five keys", async () => {
    const group = await gitlab.group("g");
    const answer = await gitlab.ask("POST", `/groups/${group}/service_accounts`, {});
    expect(answer.status).toBe(201);
    const account = answer.body as Record<string, string>;
    expect(Object.keys(account)).toEqual(["id", "username", "public_email", "name", "email"]);
    expect(account["username"]).toMatch(
      new RegExp(`^service_account_group_${group}_[0-9a-f]{32}$`),
    );
    expect(account["name"]).toBe("Service account user");
    expect(account["email"]).toBe(`${account["username"]}@noreply.127.0.0.1`);
  });

  test("keeps the generated e-mail although a username is given", async () => {
    const created = await gitlab.get("POST", "/service_accounts", { username: "deployer" });
    expect(created["email"]).toMatch(/^service_account_[0-9a-f]{32}@noreply/);
  });

  test("refuses a taken username and e-mail in one sentence with 400", async () => {
    const values = { username: "deployer", email: "d@example.com" };
    await gitlab.account("", values);
    expect(await gitlab.ask("POST", "/service_accounts", values)).toMatchObject({
      status: 400,
      body: {
        message:
          "400 Bad request - Username has already been taken and Email has already been taken",
      },
    });
  });

  test("shares usernames with the paths of groups, whatever their case", async () => {
    await gitlab.group("platform");
    const answer = await gitlab.ask("POST", "/service_accounts", { username: "Platform" });
    expect(answer.status).toBe(400);
  });

  test("takes the instance setting before Owners may", async () => {
    const group = await gitlab.group("g");
    const owner = await gitlab.human("owner");
    await gitlab.get("POST", `/groups/${group}/members`, { user_id: owner.id, access_level: 50 });
    const create = () => gitlab.ask("POST", `/groups/${group}/service_accounts`, {}, owner.token);
    expect(await create()).toMatchObject({
      status: 400,
      body: {
        message:
          "400 Bad request - User does not have permission to create a service account in this group.",
      },
    });
    await gitlab.get("PUT", "/application/settings", {
      allow_top_level_group_owners_to_create_service_accounts: true,
    });
    expect((await create()).status).toBe(201);
  });

  test("hides a private group from strangers and forbids a public one", async () => {
    const hidden = await gitlab.group("hidden");
    const open = await gitlab.group("open", undefined, "public");
    const { token } = await gitlab.human("stranger");
    const list = (id: number) =>
      gitlab.ask("GET", `/groups/${id}/service_accounts`, undefined, token);
    expect(await list(hidden)).toMatchObject({
      status: 404,
      body: { message: "404 Group Not Found" },
    });
    expect(await list(open)).toMatchObject({ status: 403, body: { message: "403 Forbidden" } });
  });

  test("stops at 100 accounts on the Free tier, with 403 for the instance and 400 for groups", async () => {
    const free = await TestInstance.start({ tier: "free" });
    const group = await free.group("g");
    for (let count = 0; count < 100; count++) await free.account("");
    expect((await free.ask("POST", "/service_accounts", {})).status).toBe(403);
    expect((await free.ask("POST", `/groups/${group}/service_accounts`, {})).status).toBe(400);
  });
});

describe("changing a service account", () => {
  test("answers 400 without prefix for a taken username", async () => {
    await gitlab.account("", { username: "first" });
    const second = await gitlab.account("", { username: "second" });
    const answer = await gitlab.ask("PATCH", `/service_accounts/${second}`, { username: "first" });
    expect(answer).toMatchObject({
      status: 400,
      body: { message: "Username has already been taken" },
    });
  });

  test("ignores blank values", async () => {
    const id = await gitlab.account("", { username: "first" });
    const changed = await gitlab.get("PATCH", `/service_accounts/${id}`, {
      username: "",
      name: "",
    });
    expect(changed).toMatchObject({ username: "first", name: "Service account user" });
  });

  test("keeps a new e-mail unconfirmed where the instance confirms", async () => {
    await gitlab.get("PUT", "/application/settings", { email_confirmation_setting: "hard" });
    const id = await gitlab.account("");
    const changed = await gitlab.get("PATCH", `/service_accounts/${id}`, {
      email: "n@example.com",
    });
    expect(changed["unconfirmed_email"]).toBe("n@example.com");
    expect(changed["email"]).not.toBe("n@example.com");
  });

  test("knows an account only below the group that provisioned it", async () => {
    const [a, b] = [await gitlab.group("a"), await gitlab.group("b")];
    const id = await gitlab.account(`/groups/${a}`);
    expect(await gitlab.ask("PATCH", `/groups/${b}/service_accounts/${id}`, {})).toMatchObject({
      status: 404,
      body: { message: "404 User Not Found" },
    });
    expect(await gitlab.ask("PATCH", `/groups/${a}/service_accounts/x`, {})).toMatchObject({
      status: 400,
      body: { error: "user_id is invalid" },
    });
  });
});

describe("deleting a service account", () => {
  test("blocks it first and removes it when the delay has passed", async () => {
    await gitlab.control("POST", "deletion", { delay: "PT10M" });
    const group = await gitlab.group("g");
    const id = await gitlab.account(`/groups/${group}`, { username: "bot" });
    const path = `/groups/${group}/service_accounts/${id}`;
    expect((await gitlab.ask("DELETE", path)).status).toBe(204);
    expect(await gitlab.get("GET", `/users/${id}`)).toMatchObject({ state: "blocked" });
    expect((await gitlab.ask("POST", "/service_accounts", { username: "bot" })).status).toBe(400);
    await gitlab.advance("PT11M");
    expect((await gitlab.ask("GET", `/users/${id}`)).status).toBe(404);
    expect((await gitlab.ask("POST", "/service_accounts", { username: "bot" })).status).toBe(201);
  });

  test("waits for a purge when the delay is null", async () => {
    await gitlab.control("POST", "deletion", { delay: null });
    const id = await gitlab.account("");
    await gitlab.ask("DELETE", `/users/${id}`);
    await gitlab.advance("P30D");
    expect((await gitlab.ask("GET", `/users/${id}`)).status).toBe(200);
    expect((await gitlab.control("POST", "purge")).body).toEqual({ purged: 1 });
    expect((await gitlab.ask("GET", `/users/${id}`)).status).toBe(404);
  });

  test("answers 204 and does nothing for an Owner without the right", async () => {
    const group = await gitlab.group("g");
    const owner = await gitlab.human("owner");
    await gitlab.get("POST", `/groups/${group}/members`, { user_id: owner.id, access_level: 50 });
    const id = await gitlab.account(`/groups/${group}`);
    const path = `/groups/${group}/service_accounts/${id}`;
    expect((await gitlab.ask("DELETE", path, undefined, owner.token)).status).toBe(204);
    expect(await gitlab.get("GET", `/users/${id}`)).toMatchObject({ state: "active" });
  });

  test("refuses the sole Owner of a group unless hard_delete is given", async () => {
    const group = await gitlab.group("g");
    const id = await gitlab.account(`/groups/${group}`);
    const owned = await gitlab.group("owned");
    await gitlab.get("POST", `/groups/${owned}/members`, { user_id: id, access_level: 50 });
    await gitlab.get("DELETE", `/groups/${owned}/members/1`);
    const path = `/groups/${group}/service_accounts/${id}`;
    expect(await gitlab.ask("DELETE", path)).toMatchObject({
      status: 409,
      body: { message: "User cannot be removed while is the sole-owner of a group" },
    });
    expect((await gitlab.ask("DELETE", `${path}?hard_delete=true`)).status).toBe(204);
  });
});

describe("versions", () => {
  test.each([
    ["17.11", "/projects/1/service_accounts", 404],
    ["18.11", "/projects/1/service_accounts", 200],
  ] as const)("%s answers GET %s with %i", async (version, path, status) => {
    const instance = await TestInstance.start({ version });
    const group = await instance.group("g");
    await instance.project("p", group);
    expect((await instance.ask("GET", path)).status).toBe(status);
  });

  test("17.11 refuses accounts of subgroups, and everything without a licence", async () => {
    const old = await TestInstance.start({ version: "17.11", tier: "free" });
    expect((await old.ask("GET", "/service_accounts")).status).toBe(403);
    const paid = await TestInstance.start({ version: "17.11" });
    const subgroup = await paid.group("s", await paid.group("g"));
    expect(await paid.ask("POST", `/groups/${subgroup}/service_accounts`, {})).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining("in this namespace.") as string },
    });
  });

  test("19.4 shows external and serves one account of a group", async () => {
    const recent = await TestInstance.start({ version: "19.4" });
    const group = await recent.group("g");
    const id = await recent.account(`/groups/${group}`);
    const account = await recent.get("GET", `/groups/${group}/service_accounts/${id}`);
    expect(account).toMatchObject({ id, external: true });
  });
});
