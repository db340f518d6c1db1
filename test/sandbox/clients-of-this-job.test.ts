import { TestInstance, type Token } from "./client";

let gitlab: TestInstance;

beforeAll(async () => {
  gitlab = await TestInstance.start({ now: "2026-06-01T12:00:00Z" });
});
afterAll(() => TestInstance.closeAll());
beforeEach(() => gitlab.control("POST", "reset"));

describe("a user's own namespace", () => {
  test("makes its holder an Owner of its projects, whom nobody changes or removes", async () => {
    const { id, token } = await gitlab.human("ada");
    const project = await gitlab.get("POST", "/projects", { name: "p" }, token);
    const base = `/projects/${String(project["id"])}/members`;
    for (const path of [base, `${base}/all`]) {
      expect(await gitlab.get("GET", path)).toMatchObject([{ id, access_level: 50 }]);
    }
    expect(await gitlab.get("GET", `${base}/${id}`)).toMatchObject({ access_level: 50 });
    expect((await gitlab.ask("PUT", `${base}/${id}`, { access_level: 30 })).status).toBe(403);
    expect((await gitlab.ask("DELETE", `${base}/${id}`)).status).toBe(403);
  });

  test("is found by number and by path, by its holder and administrators alone", async () => {
    const { id, token } = await gitlab.human("ada");
    const other = await gitlab.human("bob");
    const { namespace_id } = await gitlab.get<{ namespace_id: number }>("GET", `/users/${id}`);
    for (const reference of [namespace_id, "Ada"]) {
      const path = `/namespaces/${reference}`;
      expect(await gitlab.get("GET", path, undefined, token)).toMatchObject({
        ...{ id: namespace_id, kind: "user", path: "ada", full_path: "ada", parent_id: null },
      });
      expect(await gitlab.ask("GET", path, undefined, other.token)).toMatchObject({
        status: 404,
        body: { message: "404 Namespace Not Found" },
      });
    }
    const group = await gitlab.group("g");
    expect(await gitlab.get("GET", `/namespaces/${group}`)).toMatchObject({
      ...{ kind: "group", members_count_with_descendants: 1, projects_count: 0 },
    });
  });
});

describe("users changed by an administrator", () => {
  test("keep what is not given", async () => {
    const { id } = await gitlab.human("ada");
    const changes = { name: "Ada L.", email: "ada@new.example", note: "n" };
    expect(await gitlab.get("PUT", `/users/${id}`, changes)).toMatchObject({
      ...{ ...changes, username: "ada", is_admin: false },
    });
    expect(await gitlab.ask("PUT", `/users/${id}`, { username: "root" })).toMatchObject({
      status: 409,
      body: { message: "Username has already been taken" },
    });
  });

  test.each([
    ["block", "unblock", "Your account has been blocked."],
    ["ban", "unban", "Your account has been blocked."],
    ["deactivate", "activate", "Your account has been deactivated by your administrator."],
  ])("who are told to %s may not use the API until %s", async (away, back, reason) => {
    const { id, token } = await gitlab.human("ada");
    await gitlab.advance("P91D");
    const asks = () => gitlab.ask("GET", "/user", undefined, token);
    expect(await gitlab.ask("POST", `/users/${id}/${away}`)).toMatchObject({
      status: 201,
      body: true,
    });
    expect(JSON.stringify((await asks()).body)).toContain(`403 Forbidden - ${reason}`);
    expect((await gitlab.ask("POST", `/users/${id}/${back}`)).status).toBe(201);
    expect((await asks()).status).toBe(200);
  });
});

describe("impersonation tokens", () => {
  test("act as the user, and stand in no other list", async () => {
    const { id, token } = await gitlab.human("ada");
    const base = `/users/${id}/impersonation_tokens`;
    const made = await gitlab.get<Token>("POST", base, { name: "t", scopes: ["api"] });
    expect(made).toMatchObject({ impersonation: true, active: true });
    expect(await gitlab.get("GET", "/user", undefined, made.token)).toMatchObject({ id });
    const own = await gitlab.get<Token[]>("GET", "/personal_access_tokens", undefined, token);
    expect(own.map((row) => row.id)).not.toContain(made.id);
    expect(await gitlab.get("GET", `${base}?state=active`)).toMatchObject([{ id: made.id }]);
    expect((await gitlab.ask("DELETE", `${base}/${made.id}`)).status).toBe(204);
    expect(await gitlab.get("GET", `${base}?state=inactive`)).toMatchObject([{ revoked: true }]);
    expect(await gitlab.ask("GET", `${base}/999`)).toMatchObject({
      status: 404,
      body: { message: "404 Impersonation Token Not Found" },
    });
  });
});

describe("custom roles", () => {
  test("are removed once nobody has them", async () => {
    const group = await gitlab.group("g");
    const account = await gitlab.account("");
    const role = { name: "r", base_access_level: 20 };
    const { id } = await gitlab.get<{ id: number }>("POST", "/member_roles", role);
    const member = { user_id: account, access_level: 20, member_role_id: id };
    await gitlab.get("POST", `/groups/${group}/members`, member);
    expect((await gitlab.ask("DELETE", `/member_roles/${id}`)).status).toBe(400);
    await gitlab.ask("DELETE", `/groups/${group}/members/${account}`);
    expect((await gitlab.ask("DELETE", `/member_roles/${id}`)).status).toBe(204);
    expect((await gitlab.ask("DELETE", `/member_roles/${id}`)).body).toEqual({
      message: "404 Member Role Not Found",
    });
  });
});

describe("the licence", () => {
  test("is that of the tier, and counts the humans", async () => {
    await gitlab.human("ada");
    await gitlab.account("");
    const license = await gitlab.get("GET", "/license");
    expect(license).toMatchObject({ plan: "ultimate", expired: false, active_users: 2 });
    expect(Object.keys(license)).toEqual([
      ...["id", "plan", "created_at", "starts_at", "expires_at", "historical_max"],
      ...["maximum_user_count", "licensee", "add_ons", "expired", "overage", "user_limit"],
      "active_users",
    ]);
  });

  test("of the Free tier is null", async () => {
    const free = await TestInstance.start({ tier: "free" });
    expect(await free.ask("GET", "/license")).toMatchObject({ status: 200, body: null });
  });
});

test("a trigger's token is shown whole to its owner alone", async () => {
  const group = await gitlab.group("g");
  const project = await gitlab.project("p", group);
  const { id, token } = await gitlab.human("ada");
  await gitlab.get("POST", `/projects/${project}/members`, { user_id: id, access_level: 40 });
  const path = `/projects/${project}/triggers`;
  const made = await gitlab.get<{ id: number; token: string }>(
    "POST",
    path,
    { description: "t" },
    token,
  );
  expect(made.token).toMatch(/^glptt-/);
  expect(await gitlab.get("GET", `${path}/${made.id}`)).toMatchObject({ token: "glpt" });
});

test("a custom role without a name is called after its level, and groups have none", async () => {
  expect(await gitlab.get("POST", "/member_roles", { base_access_level: 20 })).toMatchObject({
    name: "Reporter - custom",
  });
  expect(await gitlab.ask("POST", "/member_roles", { base_access_level: 21 })).toMatchObject({
    status: 400,
    body: { error: "base_access_level does not have a valid value" },
  });
  const { status, body } = await gitlab.ask("GET", "/groups/1/member_roles");
  expect(status).toBe(400);
  expect(JSON.stringify(body)).toContain(
    "400 Bad request - Group-level custom roles are deprecated on self-managed instances.",
  );
});
