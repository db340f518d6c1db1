import { TestInstance, type Token } from "./client";

let gitlab: TestInstance;
let owner: { id: number; token: string };
let group: number;
let account: number;
let base: string;

beforeAll(async () => {
  gitlab = await TestInstance.start({ now: "2026-06-01T12:00:00Z" });
});
afterAll(() => TestInstance.closeAll());
beforeEach(async () => {
  await gitlab.control("POST", "reset");
  group = await gitlab.group("g");
  owner = await gitlab.human("owner");
  await gitlab.get("POST", `/groups/${group}/members`, { user_id: owner.id, access_level: 50 });
  account = await gitlab.account(`/groups/${group}`);
  base = `/groups/${group}/service_accounts/${account}/personal_access_tokens`;
});

const values = { name: "deploy", scopes: ["api"] };
const create = () => gitlab.get<Token>("POST", base, values);

describe("the list of all tokens", () => {
  const ids = async (query: string, token?: string) =>
    (await gitlab.get<Token[]>("GET", `/personal_access_tokens${query}`, undefined, token)).map(
      ({ id }) => id,
    );

  test("shows an administrator all, or those of one user", async () => {
    const { id } = await create();
    expect(await ids("")).toEqual([1, 2, id]);
    expect(await ids(`?user_id=${account}`)).toEqual([id]);
    for (const query of ["?user_id=999", "?user_id="]) {
      expect(await gitlab.ask("GET", `/personal_access_tokens${query}`)).toMatchObject({
        status: 404,
        body: { message: "404 Not Found" },
      });
    }
  });

  test("shows others their own alone", async () => {
    const { id, token } = await create();
    expect(await ids("", token)).toEqual([id]);
    expect(await ids(`?user_id=${account}`, token)).toEqual([id]);
    const foreign = await gitlab.ask("GET", "/personal_access_tokens?user_id=1", undefined, token);
    expect(foreign).toMatchObject({ status: 401, body: { message: "401 Unauthorized" } });
  });

  test("goes by the stand-in's clock, bounds included, except for expiry from above", async () => {
    const first = await create();
    await gitlab.advance("PT1H");
    const second = await create();
    await gitlab.get("GET", "/user", undefined, second.token);
    await gitlab.advance("PT1H");
    const third = await create();
    const listed = async (query: string) => ids(`?user_id=${account}&${query}`);
    const { created_at } = await gitlab.get<{ created_at: string }>(
      "GET",
      `/personal_access_tokens/${second.id}`,
    );
    expect(await listed(`created_after=${created_at}`)).toEqual([second.id, third.id]);
    expect(await listed(`created_before=${created_at}`)).toEqual([first.id, second.id]);
    expect(await listed("created_after=2026-06-01T13:30:00")).toEqual([third.id]);
    expect(await listed("last_used_after=2026-06-01T13:00:00Z")).toEqual([second.id]);
    expect(await listed("last_used_before=2026-06-01")).toEqual([]);
    expect(await listed("expires_before=2027-06-01")).toEqual([]);
    expect(await listed("expires_before=2027-06-02")).toHaveLength(3);
    await gitlab.control("POST", "clock", { set: "2027-05-01T00:00:00Z" });
    expect(await listed("state=inactive")).toEqual([]);
    // By then the administrator's own token must live longer than theirs.
    const { token } = await gitlab.userToken(1, { expires_at: "2028-01-01" });
    await gitlab.control("POST", "clock", { set: "2027-06-01T00:00:00Z" });
    // On its last date a token is neither active nor inactive.
    for (const state of ["active", "inactive"]) {
      expect(await ids(`?user_id=${account}&state=${state}`, token)).toHaveLength(0);
    }
    await gitlab.control("POST", "clock", { set: "2027-06-02T00:00:00Z" });
    expect(await ids(`?user_id=${account}&state=inactive`, token)).toHaveLength(3);
  });

  test.each([
    ['search="nightly job"', ["nightly job"]],
    ["search=job nightly", ["nightly job"]],
    ["search=NIGHT to", ["nightly job"]],
    ["search=ci", ["CI"]],
    ["search=c", []],
    ["sort=created_at_desc", ["CI", "nightly job"]],
    ["sort=id_asc", ["nightly job", "CI"]],
    ["sort=name_desc", ["nightly job", "CI"]],
  ])("with %s finds %j", async (query, names) => {
    for (const name of ["nightly job", "CI"]) await gitlab.get("POST", base, { ...values, name });
    const path = `/personal_access_tokens?user_id=${account}&${query}`;
    const found = await gitlab.get<{ name: string }[]>("GET", path);
    expect(found.map(({ name }) => name)).toEqual(names);
  });
});

describe("one token", () => {
  test("of an account is nothing to the Owner of its group", async () => {
    const { id } = await create();
    const path = `/personal_access_tokens/${id}`;
    expect((await gitlab.ask("GET", path, undefined, owner.token)).status).toBe(401);
    expect((await gitlab.ask("POST", `${path}/rotate`, {}, owner.token)).status).toBe(401);
    expect(await gitlab.ask("DELETE", path, undefined, owner.token)).toMatchObject({
      status: 400,
      body: { message: "400 Bad request - Not permitted to revoke" },
    });
  });

  test("is read, rotated and revoked by the account it belongs to", async () => {
    const { id, token } = await create();
    const path = `/personal_access_tokens/${id}`;
    expect((await gitlab.ask("GET", path, undefined, token)).status).toBe(200);
    const rotated = await gitlab.get<Token>("POST", `${path}/rotate`, {}, token);
    const next = `/personal_access_tokens/${rotated.id}`;
    expect((await gitlab.ask("DELETE", next, undefined, rotated.token)).status).toBe(204);
  });

  test("may be revoked again", async () => {
    const { id } = await create();
    expect((await gitlab.ask("DELETE", `/personal_access_tokens/${id}`)).status).toBe(204);
    expect((await gitlab.ask("DELETE", `/personal_access_tokens/${id}`)).status).toBe(204);
  });

  test("is rotated for a date, and not twice", async () => {
    const { id } = await create();
    const path = `/personal_access_tokens/${id}/rotate`;
    const { status, body } = await gitlab.ask("POST", path, { expires_at: "2026-12-24" });
    expect(status).toBe(200);
    expect(body).toMatchObject({ expires_at: "2026-12-24", user_id: account });
    expect(await gitlab.ask("POST", path, {})).toMatchObject({
      status: 400,
      body: { message: "400 Bad request - Token already revoked" },
    });
  });
});

describe("tokens for users", () => {
  test("are made by administrators", async () => {
    const ask = (id: number, token?: string) =>
      gitlab.ask("POST", `/users/${id}/personal_access_tokens`, values, token);
    expect((await ask(account)).status).toBe(201);
    expect(await ask(account, owner.token)).toMatchObject({
      status: 403,
      body: { message: "403 Forbidden" },
    });
    expect(await ask(999)).toMatchObject({
      status: 404,
      body: { message: "404 User Not Found" },
    });
  });

  test("are made by users themselves with few scopes", async () => {
    const ask = (scopes: string[]) =>
      gitlab.ask("POST", "/user/personal_access_tokens", { name: "k", scopes }, owner.token);
    expect(await ask(["k8s_proxy"])).toMatchObject({ status: 201, body: { user_id: owner.id } });
    expect(await ask(["api"])).toMatchObject({
      status: 400,
      body: { error: "scopes does not have a valid value" },
    });
  });
});

describe("what a token reaches", () => {
  interface Associations {
    readonly groups: readonly Record<string, unknown>[];
    readonly projects: readonly Record<string, unknown>[];
  }
  const associations = (token: string, query = "") =>
    gitlab.get<Associations>(
      "GET",
      `/personal_access_tokens/self/associations${query}`,
      undefined,
      token,
    );

  test("is told with the roles in groups and projects", async () => {
    const { token } = await create();
    const project = await gitlab.project("p", group);
    await gitlab.group("elsewhere");
    await gitlab.get("POST", `/groups/${group}/members`, { user_id: account, access_level: 20 });
    await gitlab.get("POST", `/projects/${project}/members`, {
      user_id: account,
      access_level: 30,
    });
    expect(await associations(token)).toMatchObject({
      groups: [{ id: group, name: "g", parent_id: null, access_levels: 20, visibility: "private" }],
      projects: [
        {
          id: project,
          path_with_namespace: "g/p",
          access_levels: { project_access_level: 30, group_access_level: 20 },
          namespace: { kind: "group", full_path: "g" },
        },
      ],
    });
    const higher = await associations(token, "?min_access_level=30");
    expect([higher.groups.length, higher.projects.length]).toEqual([0, 1]);
  });

  test("comes in pages, and takes only roles that exist", async () => {
    for (const path of ["a", "b", "c"]) await gitlab.group(path, undefined, "public");
    const { token } = await create();
    const page = await associations(token, "?per_page=2&page=2");
    expect(page.groups.map(({ name }) => name)).toEqual(["a"]);
    const path = "/personal_access_tokens/self/associations?min_access_level=7";
    expect(await gitlab.ask("GET", path, undefined, token)).toMatchObject({
      status: 400,
      body: { error: "min_access_level does not have a valid value" },
    });
  });
});
