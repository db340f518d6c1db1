import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { succeeded } from "../../support/engine";
import { cleanUpPulumi, describePulumi, type PulumiStack } from "../../support/pulumi";
import { fixtureProgram, fixtureStack, removeFixture, storeOf, tamper } from "./fixture/stack";

afterEach(cleanUpPulumi);
afterAll(removeFixture);

const FULL = `thing("a", {
  name: "a", region: "eu", labels: ["z", "a"], tags: ["z", "m", "a"], weights: { tin: 0.3, gold: 19 },
  limits: { high: 10.7 }, ports: [{ number: 80 }, { number: 53, protocol: "udp" }],
});`;
const failing = (where: string, more = "") =>
  `thing("a", { name: "a", fail: "${where}", ${more} });`;

function providerProcesses(stack: PulumiStack): number[] {
  return execFileSync("ps", ["-A", "-o", "pid=,args="], { encoding: "utf8" })
    .split("\n")
    .filter((line) => line.includes("pulumi-resource-") && line.includes(stack.folder))
    .map((line) => Number.parseInt(line, 10));
}

describePulumi("the host on a real engine", (engine) => {
  test("takes every kind of value there and back, and then has nothing to do", async () => {
    const stack = await fixtureStack(engine, FULL);
    succeeded(await stack.up());
    expect(storeOf(stack)["thing-a"]).toMatchObject({
      tags: ["a", "m", "z"],
      weights: { tin: 0.3, gold: 19 },
      limits: { high: 10.7, low: 1 },
      ports: [
        { number: 80, protocol: "tcp", handle: "handle-80" },
        { number: 53, protocol: "udp", handle: "handle-53" },
      ],
    });
    expect(await stack.changes()).toEqual({});
    succeeded(await stack.run(["preview", "--refresh", "--expect-no-changes"]));
  });

  test("takes values that come late, at every depth", async () => {
    const late = `const first = thing("first", { name: "first" });
      const late = first.revision.apply((number) => number + 1);
      thing("second", { name: pulumi.interpolate\`from-\${first.id}\`, size: late, tags: ["x", first.secret],
        limits: { high: late }, ports: [{ number: late }] });`;
    const stack = await fixtureStack(engine, late);
    expect(await stack.changes()).toMatchObject({ first: "create", second: "create" });
    succeeded(await stack.up());
    expect(storeOf(stack)["thing-from-thing-first"]).toMatchObject({
      size: 2,
      tags: ["secret of thing-first", "x"],
      limits: { high: 2 },
      ports: [{ number: 2, handle: "handle-2" }],
    });
    expect(JSON.stringify((await stack.resource("second"))?.outputs)).not.toContain("secret of");
    expect(await stack.changes()).toEqual({});
  });

  test("keeps the id of what went half-way, says why, and comes back to it", async () => {
    const stack = await fixtureStack(engine, failing("unknown"));
    const failed = await stack.up();
    expect(failed.exitCode).not.toBe(0);
    expect(failed.stdout).toContain('"secret" was not known after the update');
    expect(await stack.resource("a")).toMatchObject({
      id: "thing-a",
      initErrors: [expect.any(String)],
    });
    stack.write({ "index.js": fixtureProgram('thing("a", { name: "a" });') });
    expect(await stack.changes()).toEqual({ a: "update" });
    succeeded(await stack.up());
    expect(await stack.resource("a")).not.toHaveProperty("initErrors");
    expect(Object.keys(storeOf(stack))).toEqual(["thing-a"]);
    expect(await stack.changes()).toEqual({});
  });

  test("records what an update that went half-way did, and finishes it in the next run", async () => {
    const stack = await fixtureStack(engine, 'thing("a", { name: "a" });');
    succeeded(await stack.up());
    stack.write({
      "index.js": fixtureProgram(failing("half-way", "size: 5").replace('"a", f', '"b", f')),
    });
    const failed = await stack.up();
    expect(failed.stdout).toContain("Half-way (size). Only the name was changed.");
    expect((await stack.resource("a"))?.outputs).toMatchObject({ name: "b", size: 0.1 });
    stack.write({ "index.js": fixtureProgram('thing("a", { name: "b", size: 5 });') });
    succeeded(await stack.up());
    expect(storeOf(stack)["thing-a"]).toMatchObject({ name: "b", size: 5 });
  });

  test("leaves nothing of a create that failed before it began", async () => {
    const stack = await fixtureStack(engine, failing("create"));
    const failed = await stack.up();
    expect(failed.stdout).toContain("Refused (name). No thing was made.");
    expect(await stack.resource("a")).toBeUndefined();
    expect((await stack.state()).deployment.pending_operations ?? []).toEqual([]);
  });

  test("names the place of a wrong value, however deep", async () => {
    const stack = await fixtureStack(
      engine,
      'thing("a", { name: "a", ports: [{ number: 1 }, { number: 0 }] });',
    );
    const refused = await stack.preview();
    expect(refused.exitCode).not.toBe(0);
    expect(refused.stdout + refused.stderr).toMatch(/property ports\[1\]\.number .*Bad port/);
  });

  test("shows a warning at its resource", async () => {
    const stack = await fixtureStack(engine, failing("warn"));
    const applied = succeeded(await stack.up());
    expect(applied.stdout).toMatch(
      /fixture:index:Thing \(a\):\n\s+warning: Mind the gap\. It is there\./,
    );
  });

  test("plans an object that vanished anew, with a warning", async () => {
    const stack = await fixtureStack(engine, 'thing("a", { name: "a" });');
    succeeded(await stack.up());
    tamper(stack, {});
    const preview = await stack.previewJson();
    expect(preview.steps.map(({ op }) => op)).toContain("replace");
    expect(preview.diagnostics?.map(({ severity }) => severity)).toEqual(["warning"]);
    succeeded(await stack.up());
    expect(Object.keys(storeOf(stack))).toEqual(["thing-a"]);
  });

  test("finishes what it began when the run is interrupted, and keeps it", async () => {
    const stack = await fixtureStack(engine, failing("wait"));
    const run = stack.start(["up", "--yes", "--skip-preview"]);
    await run.printed("Thing a creating");
    run.interrupt();
    expect((await run.finished).exitCode).not.toBe(0);
    expect((await stack.resource("a"))?.id).toBe("thing-a");
    expect(providerProcesses(stack)).toEqual([]);
  });

  test("goes with an engine that is killed", async () => {
    const stack = await fixtureStack(engine, failing("wait"));
    const run = stack.start(["up", "--yes", "--skip-preview"]);
    await run.printed("Thing a creating");
    expect(providerProcesses(stack)).toHaveLength(1);
    run.kill();
    await run.finished;
    for (let waited = 0; waited < 5000 && providerProcesses(stack).length > 0; waited += 100) {
      await sleep(100);
    }
    expect(providerProcesses(stack)).toEqual([]);
  });

  test("serves a run that attaches to a provider which a person started", async () => {
    const stack = await fixtureStack(engine, failing("warn"));
    const child = spawn(process.execPath, [`${stack.folder}/plugin/pulumi-resource-fixture`], {
      cwd: stack.folder,
      stdio: ["ignore", "pipe", "inherit"],
    });
    try {
      const [port] = (await once(child.stdout, "data")) as [Buffer];
      const env = { PULUMI_DEBUG_PROVIDERS: `fixture:${port.toString().trim()}` };
      const applied = succeeded(await stack.run(["up", "--yes", "--skip-preview"], env));
      expect(applied.stdout).toContain("warning: Mind the gap");
      expect(storeOf(stack)).toHaveProperty("thing-a");
    } finally {
      child.kill();
    }
  });

  test("gives the engine its schema, and the engine finds nothing wrong with it", async () => {
    const stack = await fixtureStack(engine, "");
    const schema = succeeded(
      await stack.run(["package", "get-schema", "./plugin/pulumi-resource-fixture"]),
    );
    stack.write({ "schema.json": schema.stdout });
    succeeded(await stack.run(["schema", "check", "schema.json"]));
  });
});
