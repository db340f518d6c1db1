import { TestInstance } from "./client";

let gitlab: TestInstance;
let group: number;
let project: number;
let account: number;

beforeAll(async () => {
  gitlab = await TestInstance.start({ now: "2026-06-01T12:00:00Z" });
});
afterAll(() => TestInstance.closeAll());
beforeEach(async () => {
  await gitlab.control("POST", "reset");
  group = await gitlab.group("g");
  project = await gitlab.project("p", group);
  account = await gitlab.account("");
});

const add = (source: string, body: object, token?: string) =>
  gitlab.ask("POST", `${source}/members`, body, token);

async function withRole(source: string, access_level: number) {
  const user = await gitlab.human(`human-${access_level}`);
  await add(source, { user_id: user.id, access_level });
  return user;
}

describe("a membership", () => {
  test("shows who it is, then the role, in GitLab's order", async () => {
    const { body } = await add(`/groups/${group}`, { user_id: account, access_level: 30 });
    expect(Object.keys(body as object)).toEqual([
      ...["id", "username", "public_email", "name", "state", "locked", "avatar_url", "web_url"],
      ...["access_level", "created_at", "created_by", "expires_at", "group_saml_identity"],
      ...["membership_state", "member_role"],
    ]);
  });

  test("may name its user by username", async () => {
    await gitlab.account("", { username: "deployer" });
    expect(await add(`/groups/${group}`, { username: "Deployer", access_level: 30 })).toMatchObject(
      { status: 201, body: { username: "deployer" } },
    );
  });

  test.each([
    [
      { access_level: 30 },
      "user_id, username are missing, at least one parameter must be provided",
    ],
    [
      {},
      "access_level is missing, user_id, username are missing, at least one parameter must be provided",
    ],
    [
      { access_level: 30, user_id: 1, username: "root" },
      "user_id, username are mutually exclusive",
    ],
    [{ user_id: 1 }, "access_level is missing"],
    [{ user_id: 1, access_level: "developer" }, "access_level is invalid"],
  ])("is refused for %j, before the group is looked for", async (body, error) => {
    expect(await add("/groups/none", body)).toMatchObject({ status: 400, body: { error } });
  });

  test("of more than 100 users at once is refused", async () => {
    const user_id = Array.from({ length: 101 }, (_, index) => index).join(",");
    const { body } = await add(`/groups/${group}`, { user_id, access_level: 30 });
    expect(JSON.stringify(body)).toContain("Too many users specified (limit is 100)");
  });

  test.each(["999", "nobody"])("of user %s is not found", async (user_id) => {
    expect(await add(`/groups/${group}`, { user_id, access_level: 30 })).toMatchObject({
      status: 404,
      body: { message: "404 User Not Found" },
    });
  });

  test.each([
    [0, false, false],
    [5, true, false],
    [10, true, true],
    [15, true, true],
    [20, true, true],
    [25, false, false],
    [30, true, true],
    [40, true, true],
    [50, true, true],
    [60, false, false],
  ])("at level %i is possible in groups: %p, in projects: %p", async (level, ...possible) => {
    const values = { user_id: account, access_level: level };
    // The project first, so that no inherited role stands in the way.
    const inProject = await add(`/projects/${project}`, values);
    const inGroup = await add(`/groups/${group}`, values);
    expect([inGroup.status === 201, inProject.status === 201]).toEqual(possible);
  });

  test("at the lowest level needs a licence", async () => {
    const free = await TestInstance.start({ tier: "free" });
    const values = { user_id: await free.account(""), access_level: 5 };
    const answer = await free.ask("POST", `/groups/${await free.group("g")}/members`, values);
    expect(answer.body).toEqual({ message: { access_level: ["is not included in the list"] } });
  });
});

describe("who may add whom", () => {
  test("Maintainers manage projects, up to their own role, and no groups", async () => {
    const { token } = await withRole(`/groups/${group}`, 40);
    const inProject = (access_level: number) =>
      add(`/projects/${project}`, { user_id: account, access_level }, token);
    expect(await inProject(50)).toMatchObject({ status: 403, body: { message: "403 Forbidden" } });
    expect((await inProject(40)).status).toBe(201);
    const inGroup = await add(`/groups/${group}`, { user_id: account, access_level: 10 }, token);
    expect(inGroup.status).toBe(403);
  });

  test("Planners are made by Owners, not by Maintainers", async () => {
    const maintainer = await withRole(`/projects/${project}`, 40);
    const planner = { user_id: account, access_level: 15 };
    expect(await add(`/projects/${project}`, planner, maintainer.token)).toMatchObject({
      status: 400,
      body: {
        message: {
          access_level: ["the member access level can't be higher than the current user's one"],
        },
      },
    });
    const owner = await withRole(`/projects/${project}`, 50);
    expect((await add(`/projects/${project}`, planner, owner.token)).status).toBe(201);
  });

  test("Maintainers neither change nor remove Owners", async () => {
    const { token } = await withRole(`/projects/${project}`, 40);
    const owner = await withRole(`/projects/${project}`, 50);
    const path = `/projects/${project}/members/${owner.id}`;
    expect((await gitlab.ask("PUT", path, { access_level: 30 }, token)).status).toBe(403);
    expect((await gitlab.ask("DELETE", path, undefined, token)).status).toBe(403);
  });

  test("everybody may leave", async () => {
    const { id, token } = await withRole(`/groups/${group}`, 10);
    const path = `/groups/${group}/members/${id}`;
    expect((await gitlab.ask("DELETE", path, undefined, token)).status).toBe(204);
  });
});

describe("changing a membership", () => {
  test("that is inherited is not found", async () => {
    await add(`/groups/${group}`, { user_id: account, access_level: 30 });
    const path = `/projects/${project}/members/${account}`;
    for (const method of ["GET", "PUT", "DELETE"]) {
      const body = method === "PUT" ? { access_level: 40 } : undefined;
      expect(await gitlab.ask(method, path, body)).toMatchObject({
        status: 404,
        body: { message: "404 Not found" },
      });
    }
  });

  test("cannot go below what is inherited, nor into the past", async () => {
    await add(`/projects/${project}`, { user_id: account, access_level: 30 });
    await add(`/groups/${group}`, { user_id: account, access_level: 30 });
    const path = `/projects/${project}/members/${account}`;
    expect((await gitlab.ask("PUT", path, { access_level: 20 })).body).toEqual({
      message: {
        access_level: [
          "should be greater than or equal to Developer inherited membership from group g",
        ],
      },
    });
    const past = { access_level: 30, expires_at: "2026-05-31" };
    expect((await gitlab.ask("PUT", path, past)).body).toEqual({
      message: { expires_at: ["cannot be a date in the past"] },
    });
  });

  test("without a custom role takes it away", async () => {
    const role = { name: "reviewer", base_access_level: 20, read_code: true };
    const { id } = await gitlab.get<{ id: number }>("POST", "/member_roles", role);
    const values = { user_id: account, access_level: 20, member_role_id: id };
    expect((await add(`/groups/${group}`, values)).body).toMatchObject({ member_role: { id } });
    const path = `/groups/${group}/members/${account}`;
    expect(await gitlab.get("PUT", path, { access_level: 20 })).toMatchObject({
      member_role: null,
    });
  });
});

describe("lists of members", () => {
  const ids = async (path: string) =>
    (await gitlab.get<{ id: number }[]>("GET", path)).map(({ id }) => id);

  test("leave out whom they are told to, and find by name, username and whole e-mail", async () => {
    const other = await gitlab.account("", { username: "other", email: "other@example.com" });
    for (const user_id of [account, other]) {
      await add(`/groups/${group}`, { user_id, access_level: 30 });
    }
    const path = `/groups/${group}/members`;
    expect(await ids(`${path}?skip_users=1,${account}`)).toEqual([other]);
    expect(await ids(`${path}?query=other@example.com`)).toEqual([other]);
    expect(await ids(`${path}?query=other@exam`)).toEqual([]);
  });

  test("of all members know their state, and repeat only their own parameters", async () => {
    const path = `/groups/${group}/members/all`;
    expect(await ids(`${path}?state=active`)).toEqual([1]);
    expect(await ids(`${path}?state=awaiting`)).toEqual([]);
    const { headers } = await gitlab.ask("GET", `${path}?skip_users=1`);
    expect(headers.get("link")).toBe(
      `<${gitlab.url}/api/v4${path}?id=${group}&page=1&per_page=20>; rel="first", ` +
        `<${gitlab.url}/api/v4${path}?id=${group}&page=1&per_page=20>; rel="last"`,
    );
  });

  test("tell about seats when they are asked: accounts use none", async () => {
    await add(`/groups/${group}`, { user_id: account, access_level: 30 });
    const path = `/groups/${group}/members?show_seat_info=true`;
    expect(await gitlab.get("GET", path)).toMatchObject([
      { id: 1, is_using_seat: true },
      { id: account, is_using_seat: false },
    ]);
  });
});
