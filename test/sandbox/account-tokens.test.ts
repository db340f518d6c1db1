import { TestInstance, type Token } from "./client";

let gitlab: TestInstance;

beforeAll(async () => {
  gitlab = await TestInstance.start({ now: "2026-06-01T12:00:00Z" });
});
afterAll(() => TestInstance.closeAll());
beforeEach(() => gitlab.control("POST", "reset"));

const values = { name: "deploy", scopes: ["api"] };

/** The token routes of a fresh account of a group or project. */
async function tokensOf(owner: "groups" | "projects", instance = gitlab): Promise<string> {
  const group = await instance.group("g");
  const id = owner === "groups" ? group : await instance.project("p", group);
  const account = await instance.account(`/${owner}/${id}`);
  return `/${owner}/${id}/service_accounts/${account}/personal_access_tokens`;
}

describe.each(["groups", "projects"] as const)("tokens of accounts of %s", (owner) => {
  test("are created with name, description, scopes and date, and shown with their value", async () => {
    const base = await tokensOf(owner);
    const given = { ...values, description: "for the pipeline", expires_at: "2026-09-01" };
    const { status, body } = await gitlab.ask("POST", base, given);
    expect(status).toBe(201);
    expect(Object.keys(body as object)).toEqual([
      ...["id", "name", "revoked", "created_at", "description", "scopes", "user_id"],
      ...["last_used_at", "active", "granular", "expires_at", "token"],
    ]);
    expect(body).toMatchObject({ ...given, revoked: false, active: true, last_used_at: null });
    const [listed] = await gitlab.get<object[]>("GET", base);
    expect(Object.keys(listed ?? {})).not.toContain("token");
  });

  test("keep name, description, scopes and their order when they are rotated", async () => {
    const base = await tokensOf(owner);
    const given = { ...values, description: "d", scopes: ["read_user", "api"] };
    const old = await gitlab.get<Token>("POST", base, given);
    const rotated = await gitlab.get<Token>("POST", `${base}/${old.id}/rotate`);
    expect(rotated).toMatchObject({ ...given, last_used_at: null, expires_at: "2026-06-08" });
    expect(rotated.id).not.toBe(old.id);
  });

  test("may be revoked again, and are not found where they are not", async () => {
    const base = await tokensOf(owner);
    const { id } = await gitlab.get<Token>("POST", base, values);
    expect((await gitlab.ask("DELETE", `${base}/${id}`)).status).toBe(204);
    expect((await gitlab.ask("DELETE", `${base}/${id}`)).status).toBe(204);
    const foreign = (await gitlab.userToken(1)).id;
    const rotation = owner === "groups" ? "404 Not Found" : "404 Personal Access Token Not Found";
    for (const missing of [999, foreign]) {
      expect(await gitlab.ask("DELETE", `${base}/${missing}`)).toMatchObject({
        status: 404,
        body: { message: "404 Personal Access Token Not Found" },
      });
      expect(await gitlab.ask("POST", `${base}/${missing}/rotate`)).toMatchObject({
        status: 404,
        body: { message: rotation },
      });
    }
  });

  test("that have expired may still be rotated by those who manage them", async () => {
    const base = await tokensOf(owner);
    const { id, token } = await gitlab.get<Token>("POST", base, {
      ...values,
      expires_at: "2026-06-02",
    });
    await gitlab.advance("P2D");
    const self = "/personal_access_tokens/self/rotate";
    expect((await gitlab.ask("POST", self, {}, token)).status).toBe(401);
    expect((await gitlab.ask("POST", `${base}/${id}/rotate`)).status).toBe(200);
  });

  test("tried again with an old value on their own path lose the whole family", async () => {
    const base = await tokensOf(owner);
    const first = await gitlab.get<Token>("POST", base, values);
    const second = await gitlab.get<Token>("POST", `${base}/${first.id}/rotate`);
    await gitlab.ask("POST", `${base}/${first.id}/rotate`, {}, first.token);
    expect((await gitlab.ask("GET", "/user", undefined, second.token)).status).toBe(401);
  });
});

describe("a token is not created", () => {
  test.each([
    ["without scopes", { scopes: [] }, 422, { message: "Scopes can't be blank" }],
    ["without a name", { name: " " }, 422, { message: "Name can't be blank" }],
    [
      "without anything",
      { name: undefined, scopes: undefined },
      400,
      { error: "name is missing, scopes is missing" },
    ],
    [
      "with an unknown scope",
      { scopes: ["api", "openid"] },
      400,
      { error: "scopes does not have a valid value" },
    ],
    [
      "with a long description",
      { description: "x".repeat(256) },
      422,
      { message: "Description is too long (maximum is 255 characters)" },
    ],
    ["with no date", { expires_at: "soon" }, 400, { error: "expires_at is invalid" }],
    [
      "with several mistakes",
      { name: "", scopes: [], expires_at: "2030-01-01" },
      422,
      {
        message:
          "Name can't be blank, Scopes can't be blank, and Expires at must be before 2027-06-01",
      },
    ],
  ])("%s", async (_, changes, status, body) => {
    const base = await tokensOf("groups");
    expect(await gitlab.ask("POST", base, { ...values, ...changes })).toMatchObject({
      status,
      body,
    });
  });
});

test("scopes may come in one text, and administrators' scopes are accepted too", async () => {
  const base = await tokensOf("groups");
  const token = await gitlab.get("POST", base, { ...values, scopes: "sudo, admin_mode,api" });
  expect(token).toMatchObject({ scopes: ["sudo", "admin_mode", "api"] });
});

test.each([
  ["18.11", 404, { message: "404 Not Found" }],
  ["19.4", 400, { error: "token_id is invalid" }],
] as const)("%s answers %i to a token id that is no number", async (version, status, body) => {
  const instance = await TestInstance.start({ version });
  const base = await tokensOf("groups", instance);
  expect(await instance.ask("POST", `${base}/x/rotate`)).toMatchObject({ status, body });
});

test.each([
  ["17.11", { create: [], list: [], one: [], self: [] }],
  ["18.11", { create: [], list: [], one: ["last_used_ips"], self: ["last_used_ips"] }],
  [
    "19.4",
    {
      create: ["last_used_ips"],
      list: ["last_used_ips"],
      one: ["last_used_ips"],
      self: ["last_used_ips"],
    },
  ],
] as const)("%s shows the addresses of uses where it does", async (version, expected) => {
  const instance = await TestInstance.start({ version });
  const base = await tokensOf("groups", instance);
  const created = await instance.get<Token>("POST", base, values);
  const [listed = {}] = await instance.get<object[]>("GET", base);
  const one = await instance.get("GET", `/personal_access_tokens/${created.id}`);
  const path = "/personal_access_tokens/self";
  const self = await instance.get("GET", path, undefined, created.token);
  const ips = (json: object) => Object.keys(json).filter((key) => key === "last_used_ips");
  expect({ create: ips(created), list: ips(listed), one: ips(one), self: ips(self) }).toEqual(
    expected,
  );
});

describe("the value of a token", () => {
  test("begins with the prefixes of the settings", async () => {
    const base = await tokensOf("groups");
    const valueWith = async (settings: object) => {
      await gitlab.get("PUT", "/application/settings", settings);
      return (await gitlab.get<Token>("POST", base, values)).token;
    };
    expect(await valueWith({ personal_access_token_prefix: "acme-" })).toMatch(/^acme-/);
    expect(await valueWith({ instance_token_prefix: "corp" })).toMatch(/^corp-glpat-/);
  });

  test("is 20 random characters before routable tokens", async () => {
    const old = await TestInstance.start({ version: "17.11" });
    expect((await old.userToken(1)).token).toMatch(/^glpat-[\w-]{20}$/);
  });
});
