import { useSandbox, type TestHooks } from "../../src/sandbox";

const gitlab = useSandbox({ version: "18.11", now: "2026-06-01T12:00:00Z" });

async function status(path: string, init: RequestInit = {}): Promise<number> {
  const headers = { "PRIVATE-TOKEN": gitlab.token, "Content-Type": "application/json" };
  return (await fetch(`${gitlab.url}/api/v4${path}`, { headers, ...init })).status;
}

describe("useSandbox", () => {
  test("gives each test a running stand-in", async () => {
    const body = JSON.stringify({ name: "g", path: "g" });
    expect(await status("/groups", { method: "POST", body })).toBe(201);
    gitlab.control.setClock("2030-01-01T00:00:00Z");
  });

  test("starts every test afresh", async () => {
    expect(await status("/groups/g")).toBe(404);
    expect(gitlab.control.now()).toMatch(/^2026-06-01/);
    expect(gitlab.control.requests().total).toBe(1);
  });

  test("takes the hooks of other test runners, and ends the stand-in with them", async () => {
    const hooks: Record<string, () => unknown> = {};
    const register = (name: string) => (run: () => unknown) => (hooks[name] = run);
    const other = useSandbox({
      hooks: {
        beforeAll: register("beforeAll"),
        beforeEach: register("beforeEach"),
        afterAll: register("afterAll"),
      } satisfies TestHooks,
    });
    expect(() => other.url).toThrow("The sandbox runs only while tests do.");
    await hooks["beforeAll"]?.();
    const { url } = other;
    expect((await fetch(`${url}/api/v4/version`)).status).toBe(401);
    await hooks["afterAll"]?.();
    await expect(fetch(`${url}/api/v4/version`)).rejects.toThrow();
  });
});

describe("the control of a stand-in in the same process", () => {
  test("sets and tells what the calls below /-/sandbox/ do", async () => {
    const { control } = gitlab;
    control.installFaults({ route: "GET /user", effect: { kind: "status", status: 503 } });
    expect(await status("/user")).toBe(503);
    expect(control.faults()).toMatchObject([{ route: "GET /user", seen: 1 }]);
    control.clearFaults();
    control.setLimits({ users_get_by_id: 1 });
    expect(control.limits()).toMatchObject({ users_get_by_id: 1, throttle: null });
    expect(control.advanceClock("P1D")).toMatch(/^2026-06-02/);
    expect(control.requests().counts).toEqual({ "GET /user": 1 });
  });

  test("refuses what makes no sense", () => {
    const effect = { kind: "cut_before" } as const;
    expect(() => gitlab.control.installFaults({ route: "GET /nothing", effect })).toThrow(
      'there is no route "GET /nothing"',
    );
    expect(() => gitlab.control.advanceClock("soon")).toThrow("a clock takes");
  });

  test("gives a state that later changes leave alone", async () => {
    const before = gitlab.control.state();
    await status("/groups", { method: "POST", body: JSON.stringify({ name: "g", path: "g" }) });
    expect(before.groups.rows).toEqual([]);
    gitlab.control.loadState(before);
    expect(await status("/groups/g")).toBe(404);
  });
});
