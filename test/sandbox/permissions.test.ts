import { TestInstance, type Token } from "./client";

let gitlab: TestInstance;
let group: number;
let project: number;

beforeAll(async () => {
  gitlab = await TestInstance.start({ now: "2026-06-01T12:00:00Z" });
});
afterAll(() => TestInstance.closeAll());
beforeEach(async () => {
  await gitlab.control("POST", "reset");
  group = await gitlab.group("g");
  project = await gitlab.project("p", group);
});

const addTo = (source: string, user_id: number, access_level: number) =>
  gitlab.ask("POST", `${source}/members`, { user_id, access_level });

async function humanWith(source: string, access_level: number) {
  const user = await gitlab.human(`human-${access_level}-${Date.now()}`);
  expect((await addTo(source, user.id, access_level)).status).toBe(201);
  return user;
}

describe("a private group's place in the tree", () => {
  test("shows itself to members of a project below, and not who else is in it", async () => {
    const { id, token } = await humanWith(`/projects/${project}`, 30);
    const see = (path: string) => gitlab.ask("GET", `/groups/${group}${path}`, undefined, token);
    expect((await see("")).status).toBe(200);
    for (const path of ["/members", "/members/all", `/members/all/${id}`]) {
      expect(await see(path)).toMatchObject({ status: 403, body: { message: "403 Forbidden" } });
    }
    expect((await see("/members/1")).status).toBe(200);
  });

  test("is hidden from members of a subgroup that has no project", async () => {
    const empty = await gitlab.group("empty", group);
    const { token } = await humanWith(`/groups/${empty}`, 30);
    const status = async (id: number) =>
      (await gitlab.ask("GET", `/groups/${id}`, undefined, token)).status;
    expect([await status(empty), await status(group)]).toEqual([200, 404]);
    await gitlab.project("first", empty);
    expect(await status(group)).toBe(200);
  });

  test("is hidden from those with Minimal Access, which only top-level groups give", async () => {
    const { id, token } = await humanWith(`/groups/${group}`, 5);
    expect((await gitlab.ask("GET", `/groups/${group}`, undefined, token)).status).toBe(404);
    const subgroup = await gitlab.group("sub", group);
    expect(await addTo(`/groups/${subgroup}`, id, 5)).toMatchObject({
      status: 400,
      body: { message: { access_level: ["is not included in the list"] } },
    });
  });
});

describe("the bot of a token", () => {
  let botToken: Token;
  let botId: number;

  beforeEach(async () => {
    const values = { name: "ci", scopes: ["api"], access_level: 50 };
    botToken = await gitlab.get<Token>("POST", `/groups/${group}/access_tokens`, values);
    botId = (await gitlab.get<{ id: number }>("GET", "/user", undefined, botToken.token)).id;
  });

  test("is added to nothing else", async () => {
    const message = { user_id: ["project bots cannot be added to other groups / projects"] };
    for (const source of [`/groups/${await gitlab.group("other")}`, `/projects/${project}`]) {
      expect(await addTo(source, botId, 50)).toMatchObject({ status: 400, body: { message } });
    }
  });

  test("is neither changed nor removed as a member, not even by an administrator", async () => {
    const path = `/groups/${group}/members/${botId}`;
    expect((await gitlab.ask("PUT", path, { access_level: 10 })).status).toBe(403);
    expect((await gitlab.ask("DELETE", path)).status).toBe(403);
  });

  test("makes no further tokens, of its group or of a project in it", async () => {
    for (const [type, id] of Object.entries({ group, project })) {
      const values = { name: "next", scopes: ["api"], access_level: 10 };
      const path = `/${type}s/${id}/access_tokens`;
      expect(await gitlab.ask("POST", path, values, botToken.token)).toMatchObject({
        status: 400,
        body: {
          message: `400 Bad request - User does not have permission to create ${type} access token`,
        },
      });
    }
  });

  test("is no Owner that a group could be left to", async () => {
    expect((await gitlab.ask("DELETE", `/groups/${group}/members/1`)).status).toBe(403);
    const other = await humanWith(`/groups/${group}`, 50);
    expect((await gitlab.ask("DELETE", `/groups/${group}/members/1`)).status).toBe(204);
    const last = `/groups/${group}/members/${other.id}`;
    expect((await gitlab.ask("DELETE", last)).status).toBe(403);
  });
});

describe("a Maintainer", () => {
  test("neither makes nor rotates a token above that role", async () => {
    const { token } = await humanWith(`/projects/${project}`, 40);
    const base = `/projects/${project}/access_tokens`;
    const values = { name: "t", scopes: ["api"], access_level: 50 };
    expect((await gitlab.ask("POST", base, values, token)).body).toEqual({
      message:
        "400 Bad request - Access level of the token contains permissions not held by the creating user",
    });
    const owners = await gitlab.get<Token>("POST", base, values);
    expect((await gitlab.ask("POST", `${base}/${owners.id}/rotate`, {}, token)).body).toEqual({
      message:
        "400 Bad request - Not eligible to rotate token with access level higher than the user",
    });
    expect((await gitlab.ask("POST", `${base}/999/rotate`, {}, token)).status).toBe(401);
    expect((await gitlab.ask("POST", `${base}/999/rotate`)).body).toEqual({
      message: "404 Not Found",
    });
  });
});

describe("sudo", () => {
  const whoAmI = async (headers: Record<string, string>, query = "") => {
    const response = await fetch(`${gitlab.url}/api/v4/user${query}`, { headers });
    return { status: response.status, body: (await response.json()) as object };
  };

  test("lets an administrator act as another, by header or parameter, by name or id", async () => {
    const { id } = await gitlab.human("ada");
    const token = { "PRIVATE-TOKEN": gitlab.root };
    for (const answer of [
      await whoAmI({ ...token, Sudo: "ADA" }),
      await whoAmI({ ...token, Sudo: String(id) }),
      await whoAmI(token, "?sudo=ada"),
    ]) {
      expect(answer).toMatchObject({ status: 200, body: { username: "ada" } });
      expect(answer.body).not.toHaveProperty("is_admin");
    }
    expect(await whoAmI({ ...token, Sudo: "nobody" })).toEqual({
      status: 404,
      body: { message: "404 User with ID or username 'nobody' Not Found" },
    });
  });

  test("is refused to others, and to tokens without its scope", async () => {
    const { token } = await gitlab.human("ada");
    expect(await whoAmI({ "PRIVATE-TOKEN": token, Sudo: "root" })).toEqual({
      status: 403,
      body: { message: "403 Forbidden - Must be admin to use sudo" },
    });
    const plain = await gitlab.userToken(1, { scopes: ["api"] });
    expect(await whoAmI({ "PRIVATE-TOKEN": plain.token, Sudo: "ada" })).toMatchObject({
      status: 403,
      body: { error: "insufficient_scope", scope: "sudo" },
    });
  });
});

describe("users", () => {
  test("who are external own no groups and projects, whatever was asked for", async () => {
    const user = await gitlab.get("POST", "/users", {
      ...{ username: "ext", name: "Ext", email: "ext@example.com", external: true },
      ...{ force_random_password: true, can_create_group: true, projects_limit: 10 },
    });
    expect(user).toMatchObject({ external: true, can_create_group: false, projects_limit: 0 });
  });

  test("who are blocked are listed for administrators alone", async () => {
    const { token } = await gitlab.human("ada");
    const account = await gitlab.account("", { username: "gone" });
    await gitlab.control("POST", "deletion", { delay: null });
    await gitlab.ask("DELETE", `/users/${account}`);
    expect(await gitlab.get("GET", "/users?username=gone")).toHaveLength(1);
    expect(await gitlab.get("GET", "/users?username=gone", undefined, token)).toEqual([]);
  });

  test("whose address is not confirmed are refused where that is demanded", async () => {
    await gitlab.ask("PUT", "/application/settings", { email_confirmation_setting: "hard" });
    const account = await gitlab.account("", { email: "bot@example.com" });
    const { token } = await gitlab.userToken(account);
    const { status, body } = await gitlab.ask("GET", "/user", undefined, token);
    expect(status).toBe(403);
    expect(JSON.stringify(body)).toContain(
      "403 Forbidden - Your primary email address is not confirmed.",
    );
  });
});

test("a project's visibility is its Owner's to change", async () => {
  const maintainer = await humanWith(`/projects/${project}`, 40);
  const path = `/projects/${project}`;
  const change = (token?: string) => gitlab.ask("PUT", path, { visibility: "private" }, token);
  expect((await change(maintainer.token)).status).toBe(403);
  const owner = await humanWith(`/projects/${project}`, 50);
  expect((await change(owner.token)).status).toBe(200);
});
