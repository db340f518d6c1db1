import { setTimeout as sleep } from "node:timers/promises";
import { BOUNDS } from "../../src/prove";
import { Budget } from "../../src/prove/bounds";
import type { SandboxState } from "../../src/sandbox/control/read";
import { front, TestedInstance, type Passing } from "./instance";

let instance: TestedInstance;
let empty: SandboxState;

beforeAll(async () => {
  instance = await TestedInstance.start({ version: "18.11", tier: "premium" }, "owner");
  empty = instance.sandbox.control.state();
});
beforeEach(() => {
  instance.sandbox.control.loadState(empty);
  instance.sandbox.control.setDeletionDelay("PT0S");
});
afterAll(() => instance.close());

/** Everything as it is before each request that changes something: what a killed run may leave. */
async function statesOfOneRun(): Promise<{ request: string; state: SandboxState }[]> {
  const states: { request: string; state: SandboxState }[] = [];
  const gate = await front(instance.url, {
    before: (request) => {
      if (!request.startsWith("GET "))
        states.push({ request, state: instance.sandbox.control.state() });
    },
  });
  const prover = instance.prover({ baseUrl: gate.url });
  const outcome = await prover.run(await prover.look());
  expect(outcome.endedBy).toBeUndefined();
  await prover.close();
  await gate.close();
  return states;
}

test("a run that is killed at any request leaves nothing behind after the next one", async () => {
  const before = instance.contents();
  const states = await statesOfOneRun();
  expect(states.length).toBeGreaterThan(100);
  const known = new Set<string>();
  for (const { request, state } of states) {
    instance.sandbox.control.loadState(state);
    const contents = JSON.stringify(instance.contents());
    if (known.has(contents)) continue;
    known.add(contents);
    const prover = instance.prover();
    const { removed, left } = await prover.clean(await prover.look());
    await prover.close();
    expect({ request, left, contents: instance.contents() }).toEqual({
      request,
      left: [],
      contents: before,
    });
    expect(removed > 0).toBe(contents !== JSON.stringify(before));
  }
  expect(known.size).toBeGreaterThan(40);
}, 180_000);

test("left-overs of a killed run are told before the next one, and removed by it", async () => {
  const before = instance.contents();
  await instance.call("POST", `/groups/${instance.groupId}/service_accounts`, {
    username: "glsa-prove-00000000-bot",
  });
  const variable = { key: "GLSA_PROVE_ONE", value: "left" };
  await instance.call("POST", `/groups/${instance.groupId}/variables`, variable);
  const prover = instance.prover({ parts: ["variables"] });
  const prospect = await prover.look();
  expect(prospect.leftOvers).toEqual([
    "service account glsa-prove-00000000-bot",
    "variable GLSA_PROVE_ONE",
  ]);
  const outcome = await prover.run(prospect);
  expect(outcome).toMatchObject({ endedBy: undefined, cleaned: { left: [] } });
  expect(instance.contents()).toEqual(before);
  await prover.close();
});

test.each([
  ["a subgroup", "/groups", { name: "apps", path: "apps" }, "subgroup my-proof/apps"],
  [
    "a subgroup that has a run's name alone",
    "/groups",
    { name: "x", path: "glsa-prove-x" },
    "subgroup my-proof/glsa-prove-x",
  ],
  ["a project", "/projects", { name: "web", path: "web" }, "project my-proof/web"],
  ["an account", "/groups/:id/service_accounts", { username: "bot" }, "service account bot"],
  ["a variable", "/groups/:id/variables", { key: "KEY", value: "x" }, "variable KEY"],
  [
    "an access token",
    "/groups/:id/access_tokens",
    { name: "t", scopes: ["api"], access_level: 50, expires_at: "2099-01-01" },
    "access token t",
  ],
  ["a member", "/groups/:id/members", { user_id: 1, access_level: 50 }, "member root"],
])("a group that holds %s of others is refused, and nothing is written", async (...given) => {
  const [, path, body, named] = given;
  const id = instance.groupId;
  const placed = { parent_id: id, namespace_id: id, ...body };
  if ("expires_at" in body) {
    Object.assign(placed, {
      expires_at: new Date(Date.now() + 864_000_000).toISOString().slice(0, 10),
    });
  }
  if ("user_id" in body) {
    // The owner made the group; root is not in it.
    await instance.call("POST", path.replace(":id", String(id)), placed);
  } else await instance.call("POST", path.replace(":id", String(id)), placed);
  instance.sandbox.control.clearRequests();
  const prover = instance.prover();
  await expect(prover.look()).rejects.toThrow(named);
  await prover.close();
  const { requests } = instance.sandbox.control.requests();
  expect(requests.filter(({ method }) => method !== "GET")).toEqual([]);
});

test("nothing goes beyond a bound, and what was made until then is removed", async () => {
  const before = instance.contents();
  for (const bound of [{ requests: 30 }, { objects: 2 }, { minutes: 0.03 }]) {
    const prover = instance.prover({ bounds: { ...BOUNDS, ...bound } });
    const looked = await prover.look();
    if (bound.minutes !== undefined) await sleep(bound.minutes * 60_000);
    const outcome = await prover.run(looked);
    await prover.close();
    expect(outcome.endedBy).toMatch(/^The run ends because it reached its bound of /);
    expect(outcome.objects).toBeLessThanOrEqual(bound.objects ?? BOUNDS.objects);
    expect(instance.contents()).toEqual(before);
  }
});

test("a run that is interrupted at any moment, also within the provider, removes what it made", async () => {
  const before = instance.contents();
  for (const at of [1, 25, 60, 130, 200, 230, 300]) {
    const stopping = new AbortController();
    let asked = 0;
    const gate = await front(instance.url, {
      alter: (_answer: Passing) => {
        if (++asked === at) stopping.abort();
      },
    });
    const prover = instance.prover({ baseUrl: gate.url, signal: stopping.signal });
    const prospect = await prover.look().catch(() => undefined);
    const outcome = prospect && (await prover.run(prospect));
    await prover.close();
    await gate.close();
    if (outcome !== undefined) expect(outcome.endedBy).toBe("The run was interrupted.");
    expect(instance.contents()).toEqual(before);
  }
}, 180_000);

test("cleaning has requests of its own", () => {
  const budget = new Budget({ ...BOUNDS, requests: 1, cleaningRequests: 1 });
  budget.beforeRequest(true);
  expect(() => budget.beforeRequest(false)).toThrow("its bound of 1 requests");
  budget.beginCleaning();
  budget.beforeRequest(false);
  expect(() => budget.beforeRequest(false)).toThrow("its bound of 1 requests");
});
