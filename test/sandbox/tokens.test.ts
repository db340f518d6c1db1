import { crc32 } from "node:zlib";
import { TestInstance, type Token } from "./client";

let gitlab: TestInstance;
let account: number;
let group: number;
let base: string;

beforeAll(async () => {
  gitlab = await TestInstance.start({ now: "2026-06-01T12:00:00Z" });
});
afterAll(() => TestInstance.closeAll());
beforeEach(async () => {
  await gitlab.control("POST", "reset");
  group = await gitlab.group("g");
  account = await gitlab.account(`/groups/${group}`);
  base = `/groups/${group}/service_accounts/${account}/personal_access_tokens`;
});

const create = (values: object = {}) =>
  gitlab.get<Token>("POST", base, { name: "deploy", scopes: ["api"], ...values });
const self = (token: string) => gitlab.ask("GET", "/personal_access_tokens/self", undefined, token);

describe("a token's value", () => {
  test("ends in its length and a checksum over all before", async () => {
    const { token } = await create();
    const match = /^(glpat-([\w-]+)\.01\.([0-9a-z]{2}))([0-9a-z]{7})$/.exec(token);
    expect(parseInt(match?.[3] ?? "", 36)).toBe(match?.[2]?.length);
    expect(parseInt(match?.[4] ?? "", 36)).toBe(crc32(match?.[1] ?? ""));
  });

  test("never shows up again, neither in lists nor in a dump nor in the log", async () => {
    const { token } = await create();
    await gitlab.ask("GET", `/user?private_token=${token}`);
    const shown = [
      await gitlab.get("GET", base),
      (await gitlab.control("GET", "state")).body,
      (await gitlab.control("GET", "requests")).body,
    ];
    expect(JSON.stringify(shown)).not.toContain(token);
  });
});

describe("expiry", () => {
  test("starts at 00:00 UTC of the date", async () => {
    const { token } = await create({ expires_at: "2026-06-02" });
    await gitlab.control("POST", "clock", { set: "2026-06-01T23:59:00Z" });
    expect((await self(token)).status).toBe(200);
    await gitlab.control("POST", "clock", { set: "2026-06-02T00:00:00Z" });
    const answer = await self(token);
    expect(answer.status).toBe(401);
    expect(answer.headers.get("www-authenticate")).toContain('error="invalid_token"');
  });

  test("today is accepted and gives a dead token", async () => {
    expect(await create({ expires_at: "2026-06-01" })).toMatchObject({ active: false });
  });

  test("allows 365 days and names the last date beyond", async () => {
    expect(await create()).toMatchObject({ expires_at: "2027-06-01" });
    const beyond = { name: "n", scopes: ["api"], expires_at: "2027-06-02" };
    expect(await gitlab.ask("POST", base, beyond)).toMatchObject({
      status: 422,
      body: { message: "Expires at must be before 2027-06-01" },
    });
  });

  test("may be missing where the instance does not enforce it for service accounts", async () => {
    await gitlab.get("PUT", "/application/settings", {
      service_access_tokens_expiration_enforced: false,
    });
    expect(await create()).toMatchObject({ expires_at: null });
  });

  test("has no end at all where the instance demands none", async () => {
    await gitlab.get("PUT", "/application/settings", {
      require_personal_access_token_expiry: false,
    });
    expect(await create({ expires_at: "2040-01-01" })).toMatchObject({ expires_at: "2040-01-01" });
  });

  test("may be shorter by a setting, on Ultimate alone", async () => {
    const latest = async (tier: "premium" | "ultimate") => {
      const instance = await TestInstance.start({ tier, now: "2026-06-01T12:00:00Z" });
      await instance.get("PUT", "/application/settings", {
        max_personal_access_token_lifetime: 30,
      });
      return (await instance.userToken(await instance.account(""))).expires_at;
    };
    expect(await latest("ultimate")).toBe("2026-07-01");
    expect(await latest("premium")).toBe("2027-06-01");
  });

  test("is not touched by later changes of the settings", async () => {
    const { id } = await create();
    await gitlab.get("PUT", "/application/settings", { max_personal_access_token_lifetime: 30 });
    expect(await gitlab.get("GET", `/personal_access_tokens/${id}`)).toMatchObject({
      expires_at: "2027-06-01",
    });
  });

  test("on the Free tier is always enforced", async () => {
    const free = await TestInstance.start({ tier: "free" });
    await free.get("PUT", "/application/settings", {
      service_access_tokens_expiration_enforced: false,
    });
    const id = await free.account("");
    expect((await free.userToken(id)).expires_at).not.toBeNull();
  });
});

describe("rotation", () => {
  test("answers 200, gives seven days by default and kills the old value at once", async () => {
    const old = await create({ expires_at: "2026-12-01" });
    const answer = await gitlab.ask("POST", `${base}/${old.id}/rotate`, {});
    expect(answer).toMatchObject({ status: 200, body: { expires_at: "2026-06-08" } });
    expect((await self(old.token)).status).toBe(401);
    expect((await self((answer.body as Token).token)).status).toBe(200);
  });

  test("gives no date where none is enforced", async () => {
    await gitlab.get("PUT", "/application/settings", {
      service_access_tokens_expiration_enforced: false,
    });
    const { id } = await create({ expires_at: "2026-12-01" });
    const answer = await gitlab.ask("POST", `${base}/${id}/rotate`, {});
    expect(answer.body).toMatchObject({ expires_at: null });
  });

  test("with a bad date leaves the old token alive", async () => {
    const old = await create();
    const answer = await gitlab.ask("POST", `${base}/${old.id}/rotate`, {
      expires_at: "2030-01-01",
    });
    expect(answer).toMatchObject({
      status: 400,
      body: { message: "400 Bad request - Expires at must be before 2027-06-01" },
    });
    expect((await self(old.token)).status).toBe(200);
  });

  test("of a revoked token is refused, by whoever holds another one", async () => {
    const { id } = await create();
    await gitlab.get("DELETE", `${base}/${id}`);
    expect(await gitlab.ask("POST", `${base}/${id}/rotate`, {})).toMatchObject({
      status: 400,
      body: { message: "400 Bad request - Token already revoked" },
    });
  });

  test("tried again with the old value revokes the whole family", async () => {
    const first = await create();
    const rotate = (token: string) =>
      gitlab.ask("POST", "/personal_access_tokens/self/rotate", {}, token);
    const second = (await rotate(first.token)).body as Token;
    const third = (await rotate(second.token)).body as Token;
    expect((await self(third.token)).status).toBe(200);
    expect((await rotate(first.token)).status).toBe(401);
    expect((await self(third.token)).status).toBe(401);
  });

  test("a revoked token on another path leaves its family alone", async () => {
    const first = await create();
    const second = (await gitlab.ask("POST", `${base}/${first.id}/rotate`, {})).body as Token;
    await self(first.token);
    expect((await self(second.token)).status).toBe(200);
  });

  test("of oneself takes the scope api or self_rotate", async () => {
    const reader = await create({ scopes: ["read_api"] });
    const rotator = await create({ scopes: ["self_rotate"] });
    const rotate = (token: string) =>
      gitlab.ask("POST", "/personal_access_tokens/self/rotate", {}, token);
    expect(await rotate(reader.token)).toMatchObject({
      status: 403,
      body: { error: "insufficient_scope", scope: "api self_rotate" },
    });
    expect((await rotate(rotator.token)).status).toBe(200);
  });
});

describe("lists", () => {
  const names = async (query: string) =>
    (await gitlab.get<{ name: string }[]>("GET", `${base}?${query}`)).map(({ name }) => name);

  beforeEach(async () => {
    await create({ name: "early one", expires_at: "2026-06-10" });
    const { id } = await create({ name: "revoked one", expires_at: "2026-07-10" });
    await gitlab.get("DELETE", `${base}/${id}`);
    await create({ name: "late", expires_at: "2026-08-10" });
  });

  test.each([
    ["", ["early one", "revoked one", "late"]],
    ["state=active", ["early one", "late"]],
    ["state=inactive", ["revoked one"]],
    ["revoked=true", ["revoked one"]],
    ["expires_before=2026-07-10", ["early one"]],
    ["expires_after=2026-07-10", ["revoked one", "late"]],
    ["search=one", ["early one", "revoked one"]],
    ["search=on", []],
    ["sort=expires_desc", ["late", "revoked one", "early one"]],
    ["sort=name_asc", ["early one", "late", "revoked one"]],
    ["sort=nonsense", ["early one", "revoked one", "late"]],
  ])("with %p give the matching tokens in order", async (query, expected) => {
    expect(await names(query)).toEqual(expected);
  });

  test("refuse an unknown state, and paging by keyset", async () => {
    expect(await gitlab.ask("GET", `${base}?state=gone`)).toMatchObject({
      status: 400,
      body: { error: "state does not have a valid value" },
    });
    expect((await gitlab.ask("GET", `${base}?pagination=keyset`)).status).toBe(405);
  });
});

describe("tokens by id", () => {
  test("answer 401 to those they are not for, and 404 to administrators", async () => {
    const { token } = await gitlab.human("other");
    const { id } = await create();
    const ask = (path: string, as?: string) => gitlab.ask("GET", path, undefined, as);
    expect((await ask(`/personal_access_tokens/${id}`, token)).status).toBe(401);
    expect((await ask("/personal_access_tokens/999", token)).status).toBe(401);
    expect(await ask("/personal_access_tokens/999")).toMatchObject({
      status: 404,
      body: { message: "404 Not Found" },
    });
    expect(await gitlab.ask("DELETE", "/personal_access_tokens/999")).toMatchObject({
      status: 404,
      body: { message: "404 Not found" },
    });
  });

  test("of blocked users answer 403", async () => {
    const { token } = await create();
    await gitlab.ask("DELETE", `/users/${account}`);
    expect((await gitlab.ask("GET", "/user", undefined, token)).status).toBe(403);
  });
});

test("Admin Mode takes administrators their rights unless the token has its scope", async () => {
  await gitlab.get("PUT", "/application/settings", { admin_mode: true });
  const plain = await gitlab.userToken(1);
  const ask = (token: string) => gitlab.ask("GET", "/service_accounts", undefined, token);
  expect((await ask(plain.token)).status).toBe(403);
  expect((await ask(gitlab.root)).status).toBe(200);
});
