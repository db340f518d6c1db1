import { CHANGES, describeEachEngine, NO_CHANGES, succeeded } from "../../support/engine";
import { fixtureWorkspace, removeFixtures } from "../fixture/workspace";

afterAll(removeFixtures);

const FULL = `resource "fixture_thing" "a" {
  name    = "a"
  region  = "eu"
  labels  = ["z", "a"]
  tags    = ["z", "m", "a"]
  weights = { tin = 0.3, gold = 19 }
  limits {
    high = 10.7
  }
  ports {
    number = 80
  }
  ports {
    number   = 53
    protocol = "udp"
  }
}
`;
const SMALL = `resource "fixture_thing" "a" {
  name = "a"
}
`;

describeEachEngine("a resource's life", (engine) => {
  test("applies every kind of attribute, and then has nothing to do", async () => {
    const work = fixtureWorkspace(engine, FULL);
    succeeded(await work.apply());
    expect((await work.resource("fixture_thing.a"))?.values).toEqual({
      id: "thing-a",
      name: "a",
      region: "eu",
      size: 0.1,
      active: true,
      labels: ["z", "a"],
      tags: ["a", "m", "z"],
      weights: { tin: 0.3, gold: 19 },
      limits: { high: 10.7, low: 1 },
      lids: {},
      ports: [
        { number: 80, protocol: "tcp", handle: "handle-80" },
        { number: 53, protocol: "udp", handle: "handle-53" },
      ],
      secret: "secret of thing-a",
      old_name: null,
      revision: 1,
      remembered: "",
      fail: null,
    });
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });

  test("takes a set in another order for the same set", async () => {
    const work = fixtureWorkspace(engine, FULL);
    succeeded(await work.apply());
    work.write({ "main.tf": FULL.replace('"z", "m", "a"', '"m", "a", "z", "m"') });
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });

  test("updates in place, and hands the update its private state", async () => {
    const work = fixtureWorkspace(engine, FULL);
    succeeded(await work.apply());
    work.write({ "main.tf": FULL.replace("10.7", "10.8") });
    const plan = await work.plan();
    expect(plan.exitCode).toBe(CHANGES);
    expect((await plan.json()).resource_changes?.[0]?.change.actions).toEqual(["update"]);
    succeeded(await work.apply());
    expect((await work.resource("fixture_thing.a"))?.values).toMatchObject({
      limits: { high: 10.8, low: 1 },
      revision: 2,
      remembered: "thing-a",
    });
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });

  test("replaces where the plan says so, with a new private state", async () => {
    const work = fixtureWorkspace(engine, FULL);
    succeeded(await work.apply());
    work.write({ "main.tf": FULL.replace('"eu"', '"us"') });
    const change = (await (await work.plan()).json()).resource_changes?.[0]?.change;
    expect(change?.actions).toEqual(["delete", "create"]);
    expect(change?.replace_paths).toEqual([["region"]]);
    succeeded(await work.apply());
    expect((await work.resource("fixture_thing.a"))?.values.remembered).toBe("");
    expect(privateState(work.stateRaw())).toEqual({ id: "thing-a" });
  });

  test("keeps in private state what reads remember", async () => {
    const work = fixtureWorkspace(engine, SMALL);
    succeeded(await work.apply());
    expect(privateState(work.stateRaw())).toEqual({ id: "thing-a" });
    succeeded(await work.apply({ args: ["-refresh-only"] }));
    work.write({ "main.tf": SMALL.replace("}", "  size = 2\n}") });
    succeeded(await work.apply());
    expect(privateState(work.stateRaw())).toMatchObject({ id: "thing-a", reads: 2 });
  });

  test("plans an object that vanished anew", async () => {
    const work = fixtureWorkspace(engine, SMALL);
    succeeded(await work.apply());
    work.write({ "store.json": {} });
    const { resource_changes: changes } = await (await work.plan()).json();
    expect(changes?.[0]?.change.actions).toEqual(["create"]);
  });

  test("imports, and then has nothing to do", async () => {
    const work = fixtureWorkspace(engine, FULL);
    succeeded(await work.apply());
    succeeded(await work.run(["state", "rm", "fixture_thing.a"]));
    succeeded(await work.import("fixture_thing.a", "thing-a"));
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
    expect(privateState(work.stateRaw())).toMatchObject({ id: "thing-a" });
  });

  test("destroys", async () => {
    const work = fixtureWorkspace(engine, FULL);
    succeeded(await work.apply());
    succeeded(await work.destroy());
    expect(work.stateRaw()?.resources).toEqual([]);
  });

  test("carries values larger than what gRPC allows by itself", async () => {
    const region = 'region = file("${path.module}/big.txt")';
    const work = fixtureWorkspace(engine, SMALL.replace("}", `  ${region}\n}`));
    work.write({ "big.txt": "0123456789".repeat(500_000) });
    succeeded(await work.apply());
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });

  test("is installed from a mirror like any provider", async () => {
    const work = fixtureWorkspace(engine, SMALL, { override: false });
    await work.init();
    succeeded(await work.apply());
  });

  test("reads a state that another version wrote", async () => {
    const work = fixtureWorkspace(engine, FULL);
    succeeded(await work.apply());
    const state = JSON.parse(JSON.stringify(work.stateRaw())) as OldState;
    const [instance] = state.resources[0]?.instances ?? [];
    if (instance === undefined) throw new Error("The state is empty.");
    instance.schema_version = 0;
    instance.attributes = { id: "thing-a", name: "a", region: "eu", tags: "z,m,a", gone: true };
    work.write({ "terraform.tfstate": state });
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });
});

interface OldState {
  readonly resources: readonly {
    readonly instances: { schema_version: number; attributes: object }[];
  }[];
}

function privateState(
  state: { resources: readonly { instances: readonly { private?: string }[] }[] } | undefined,
): unknown {
  const encoded = state?.resources[0]?.instances[0]?.private ?? "";
  return JSON.parse(Buffer.from(encoded, "base64").toString());
}
