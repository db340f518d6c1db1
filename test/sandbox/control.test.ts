import { TestInstance } from "./client";

let gitlab: TestInstance;

beforeAll(async () => {
  gitlab = await TestInstance.start({ now: "2026-06-01T12:00:00Z" });
});
afterAll(() => TestInstance.closeAll());
beforeEach(() => gitlab.control("POST", "reset"));

describe("the clock", () => {
  test("moves by durations and to instants, and Date follows it", async () => {
    await gitlab.advance("P30D");
    const date = (await gitlab.ask("GET", "/version")).headers.get("date") ?? "";
    expect(new Date(date).toISOString()).toMatch(/^2026-07-01T12:00/);
    await gitlab.control("POST", "clock", { set: "2027-01-01T00:00:00Z" });
    expect((await gitlab.control("GET", "clock")).body).toMatchObject({
      now: expect.stringMatching(/^2027-01-01T00:00/) as string,
    });
  });

  test.each([
    {},
    { advance: "30 days" },
    { set: "soon" },
    { advance: "P99999999D" },
    { set: "+012026-01-01T00:00:00Z" },
  ])("refuses %j", async (body) => {
    expect((await gitlab.control("POST", "clock", body)).status).toBe(400);
  });
});

describe("the request log", () => {
  test("counts by route and tells who asked, without the control calls", async () => {
    await gitlab.ask("GET", "/groups/none/members");
    await gitlab.ask("GET", "/groups/1/members?per_page=1&private_token=secret", undefined, "x");
    const { body } = await gitlab.control("GET", "requests");
    expect(body).toMatchObject({
      total: 2,
      counts: { "GET /groups/:id/members": 2 },
      requests: [
        { method: "GET", path: "/api/v4/groups/none/members", status: 404, user: "root" },
        { query: "per_page=1", route: "/groups/:id/members", status: 401, user: null },
      ],
    });
    await gitlab.control("DELETE", "requests");
    expect((await gitlab.control("GET", "requests")).body).toMatchObject({ total: 0 });
  });
});

describe("faults", () => {
  const install = (...faults: object[]) => gitlab.control("POST", "faults", { faults });

  test("hit the n-th request of a route, as often as told", async () => {
    const effect = { kind: "status", status: 502, body: { message: "down" } };
    await install({ route: "GET /version", nth: 2, times: 2, effect });
    const statuses = [];
    for (let count = 0; count < 4; count++) {
      statuses.push((await gitlab.ask("GET", "/version")).status);
    }
    expect(statuses).toEqual([200, 502, 502, 200]);
    expect((await gitlab.ask("GET", "/user")).status).toBe(200);
  });

  test.each([
    ["cut_before", 0],
    ["cut_after", 1],
  ])("%s breaks the connection with %i accounts created", async (kind, created) => {
    await install({ route: "POST /service_accounts", effect: { kind } });
    await expect(gitlab.ask("POST", "/service_accounts", {})).rejects.toThrow();
    expect(await gitlab.get("GET", "/service_accounts")).toHaveLength(created);
  });

  test("without end last until they are removed", async () => {
    await install({ times: null, effect: { kind: "status", status: 503 } });
    expect((await gitlab.ask("GET", "/user")).status).toBe(503);
    expect((await gitlab.ask("GET", "/version")).status).toBe(503);
    await gitlab.control("DELETE", "faults");
    expect((await gitlab.ask("GET", "/version")).status).toBe(200);
  });

  test("latency may be spread, and is drawn anew for every answer", async () => {
    await gitlab.control("POST", "latency", { min_ms: 30, max_ms: 60 });
    const times: number[] = [];
    for (let count = 0; count < 5; count++) {
      const started = performance.now();
      await gitlab.ask("GET", "/version");
      times.push(performance.now() - started);
    }
    expect(Math.min(...times)).toBeGreaterThan(25);
    expect(new Set(times.map(Math.round)).size).toBeGreaterThan(1);
  });

  test.each([{}, { ms: -1 }, { min_ms: 5, max_ms: 1 }, { ms: "5" }])(
    "latency of %j is refused",
    async (body) => {
      expect((await gitlab.control("POST", "latency", body)).status).toBe(400);
    },
  );

  test("delays and latency hold an answer back", async () => {
    await install({ effect: { kind: "delay", ms: 40 } });
    await gitlab.control("POST", "latency", { ms: 40 });
    const started = performance.now();
    await gitlab.ask("GET", "/version");
    expect(performance.now() - started).toBeGreaterThan(75);
  });

  test("on routes that do not exist are refused", async () => {
    const effect = { kind: "cut_before" };
    expect((await install({ route: "GET /nothing", effect })).status).toBe(400);
  });
});

test("a dumped state can be loaded into another stand-in, tokens included", async () => {
  const group = await gitlab.group("kept");
  const { token } = await gitlab.userToken(await gitlab.account(`/groups/${group}`));
  const state = (await gitlab.control("GET", "state")).body as object;
  const other = await TestInstance.start();
  await other.control("POST", "state", state);
  expect((await other.ask("GET", "/user", undefined, token)).status).toBe(200);
  expect(await other.ask("GET", "/groups/kept", undefined, gitlab.root)).toMatchObject({
    status: 200,
    body: { id: group },
  });
  const next = { name: "next", path: "next" };
  expect((await other.ask("POST", "/groups", next, gitlab.root)).status).toBe(201);
});

test.each([{}, { now: "2026-06-01" }, { now: "2026-06-01T00:00:00Z", users: {} }])(
  "what is no state is not loaded: %j",
  async (body) => {
    expect((await gitlab.control("POST", "state", body)).status).toBe(400);
    expect((await gitlab.ask("GET", "/user")).status).toBe(200);
  },
);

test("a control that does not exist is told so", async () => {
  expect(await gitlab.control("POST", "nothing", {})).toMatchObject({
    status: 404,
    body: { error: 'no control "POST nothing"' },
  });
});

test("a reset keeps the administrator's token and nothing else", async () => {
  await gitlab.group("gone");
  await gitlab.control("POST", "reset");
  expect((await gitlab.ask("GET", "/groups/gone")).status).toBe(404);
});
