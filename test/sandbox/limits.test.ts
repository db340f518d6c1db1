import { TestInstance } from "./client";

let gitlab: TestInstance;

beforeAll(async () => {
  gitlab = await TestInstance.start({ now: "2026-06-01T12:00:00Z" });
});
afterAll(() => TestInstance.closeAll());
beforeEach(() => gitlab.control("POST", "reset"));

const limit = (body: object) => gitlab.control("POST", "limits", body);

test("all limits are off until they are asked for, and are told", async () => {
  const off = {
    throttle: null,
    service_account_creation: null,
    members_delete: null,
    project_members_api: null,
    users_get_by_id: null,
  };
  expect((await gitlab.control("GET", "limits")).body).toEqual(off);
  expect((await limit({ members_delete: 5 })).body).toEqual({ ...off, members_delete: 5 });
  expect((await limit({ members_delete: null })).body).toEqual(off);
  expect((await limit({ throttle: { requests: "many" } })).status).toBe(400);
});

describe("the throttle", () => {
  test("answers 429 in plain text with Retry-After, for the rest of the period", async () => {
    await limit({ throttle: { requests: 2, period_seconds: 120 } });
    const { headers } = await gitlab.ask("GET", "/version");
    expect(Object.fromEntries(headers)).toMatchObject({
      "ratelimit-name": "throttle_authenticated_api",
      "ratelimit-limit": "1",
      "ratelimit-observed": "1",
      "ratelimit-remaining": "1",
      "ratelimit-reset": String(Date.parse("2026-06-01T12:02:00Z") / 1000),
    });
    await gitlab.ask("GET", "/version");
    const refused = await gitlab.ask("GET", "/version");
    expect(refused).toMatchObject({ status: 429, body: "Retry later" });
    expect(refused.headers.get("content-type")).toBe("text/plain");
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(100);
    expect(refused.headers.get("ratelimit-resettime")).toBe("Mon, 01 Jun 2026 12:02:00 GMT");
    await gitlab.advance("PT2M");
    expect((await gitlab.ask("GET", "/version")).status).toBe(200);
  });

  test("counts requests with revoked tokens, and unknown routes, as unauthenticated", async () => {
    const rule = { requests: 9, period_seconds: 60, unauthenticated_requests: 1 };
    await limit({ throttle: rule });
    const { id, token } = await gitlab.userToken(1);
    await gitlab.get("DELETE", `/personal_access_tokens/${id}`);
    const first = await gitlab.ask("GET", "/version", undefined, token);
    expect(first.headers.get("ratelimit-name")).toBe("throttle_unauthenticated_api");
    expect((await gitlab.ask("GET", "/nothing", undefined, "")).status).toBe(429);
    expect((await gitlab.ask("GET", "/version")).status).toBe(200);
  });

  test("counts every user for himself", async () => {
    const { token } = await gitlab.human("other");
    await limit({ throttle: { requests: 1, period_seconds: 60 } });
    expect((await gitlab.ask("GET", "/version")).status).toBe(200);
    expect((await gitlab.ask("GET", "/version")).status).toBe(429);
    expect((await gitlab.ask("GET", "/version", undefined, token)).status).toBe(200);
  });
});

describe("the limits of single endpoints", () => {
  const refusal = {
    status: 429,
    body: {
      message: { error: "This endpoint has been requested too many times. Try again later." },
    },
  };

  test("answer 429 in JSON, without Retry-After and without the throttle's headers", async () => {
    await limit({ service_account_creation: 2 });
    const group = await gitlab.group("g");
    await gitlab.account("");
    await gitlab.account(`/groups/${group}`);
    const refused = await gitlab.ask("POST", "/service_accounts", {});
    expect(refused).toMatchObject(refusal);
    expect(refused.headers.has("retry-after")).toBe(false);
    expect(refused.headers.has("ratelimit-name")).toBe(false);
  });

  test("count what fails too, in windows that start with the minute", async () => {
    await gitlab.control("POST", "clock", { set: "2026-06-01T12:00:50Z" });
    await limit({ service_account_creation: 1 });
    expect((await gitlab.ask("POST", "/service_accounts", { username: "-" })).status).toBe(400);
    expect((await gitlab.ask("POST", "/service_accounts", {})).status).toBe(429);
    await gitlab.advance("PT11S");
    expect((await gitlab.ask("POST", "/service_accounts", {})).status).toBe(201);
  });

  test("members_delete counts by group or project and caller", async () => {
    const [a, b] = [await gitlab.group("a"), await gitlab.group("b")];
    const id = await gitlab.account("");
    await limit({ members_delete: 1 });
    const remove = async (group: number) => {
      await gitlab.ask("POST", `/groups/${group}/members`, { user_id: id, access_level: 30 });
      return gitlab.ask("DELETE", `/groups/${group}/members/${id}`);
    };
    expect((await remove(a)).status).toBe(204);
    expect(await remove(a)).toMatchObject(refusal);
    expect((await remove(b)).status).toBe(204);
  });

  test("project_members_api counts lists of all members, of groups as well", async () => {
    const group = await gitlab.group("g");
    const project = await gitlab.project("p", group);
    await limit({ project_members_api: 2 });
    const list = (path: string) => gitlab.ask("GET", path);
    expect((await list(`/groups/${group}/members/all`)).status).toBe(200);
    expect((await list(`/projects/${project}/members/all`)).status).toBe(200);
    expect(await list(`/projects/${project}/members/all`)).toMatchObject(refusal);
    expect((await list(`/projects/${project}/members`)).status).toBe(200);
  });

  test("users_get_by_id counts for ten minutes, and 0 switches it off", async () => {
    const { token } = await gitlab.human("ada");
    const get = (by = token) => gitlab.ask("GET", "/users/1", undefined, by);
    await limit({ users_get_by_id: 1 });
    expect((await get()).status).toBe(200);
    await gitlab.advance("PT9M");
    expect(await get()).toMatchObject(refusal);
    // Administrators are not counted.
    for (let time = 0; time < 2; time++) expect((await get(gitlab.root)).status).toBe(200);
    await gitlab.advance("PT1M");
    expect((await get()).status).toBe(200);
    await limit({ users_get_by_id: 0 });
    expect((await get()).status).toBe(200);
  });
});
