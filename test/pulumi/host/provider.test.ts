import { status } from "@grpc/grpc-js";
import { CHANGES, NO_CHANGES } from "../../../src/provider/pulumi/protocol";
import { Secret } from "../../../src/provider/pulumi/values";
import { fromStruct, toStruct } from "../../../src/provider/pulumi/wire";
import { Connection } from "./connection";

let host: Connection;

beforeEach(async () => {
  host = await Connection.open();
});
afterEach(() => host.close());

test("the provider says which forms of values it takes", async () => {
  expect(await host.call("Handshake", {})).toEqual({
    acceptSecrets: true,
    acceptResources: false,
    acceptOutputs: false,
  });
  expect(await host.call("GetPluginInfo", {})).toEqual({ version: "1.0.0" });
});

test("the provider's settings are checked before they are used", async () => {
  const about = { urn: "urn:pulumi:dev::test::pulumi:providers:fixture::default" };
  const check = (store: string) =>
    host.call("CheckConfig", { ...about, news: toStruct({ store, version: "1.0.0" }) });
  expect((await check("")).failures).toEqual([
    { property: "store", reason: "No store. Name a file. [no-store]" },
  ]);
  const right = await check("store.json");
  expect(right.failures).toBeUndefined();
  expect(fromStruct(right.inputs)).toEqual({ store: "store.json", version: "1.0.0" });
});

test("settings that the provider refuses fail with its words", async () => {
  await expect(
    host.call("Configure", { args: toStruct({ store: "refused" }) }),
  ).rejects.toMatchObject({
    code: status.FAILED_PRECONDITION,
    details: "Store refused. Name another. [store-refused]",
  });
});

test("other settings never replace what was made with the old ones", async () => {
  const diff = (news: string) =>
    host.call("DiffConfig", {
      oldInputs: toStruct({ store: new Secret("a") }),
      news: toStruct({ store: news }),
    });
  expect(await diff("a")).toEqual({ changes: NO_CHANGES });
  expect(await diff("b")).toEqual({ changes: CHANGES, diffs: ["store"] });
});

test("a provider that is told to stop finishes what it began", async () => {
  await host.call("Configure", { args: toStruct({ store: host.storePath }) });
  const waiting = host.create({ name: "a", fail: "wait" });
  await host.call("Cancel", {});
  expect((await waiting).id).toBe("thing-a");
});

test("a call that the provider does not offer is answered as such", async () => {
  await expect(host.call("Construct", {})).rejects.toMatchObject({ code: status.UNIMPLEMENTED });
});

describe("a function", () => {
  beforeEach(async () => {
    await host.call("Configure", { args: toStruct({ store: host.storePath }) });
  });
  const invoke = (args: { readonly id?: string }, tok = "fixture:index:getLookup") =>
    host.call("Invoke", { tok, args: toStruct(args) });

  test("answers what it found", async () => {
    await host.create({ name: "a" });
    const answer = await invoke({ id: "thing-a" });
    expect(fromStruct(answer.return)).toEqual({ id: "thing-a", name: "a" });
  });

  test("names the argument that is wrong or leads nowhere", async () => {
    expect((await invoke({})).failures).toMatchObject([{ property: "id" }]);
    await expect(invoke({ id: "none" })).rejects.toMatchObject({
      details: 'Not there (id). No "none". [not-there]',
    });
    await expect(invoke({}, "fixture:index:getNothing")).rejects.toMatchObject({
      code: status.NOT_FOUND,
    });
  });
});

test("what a provider has to say goes to the engine that attached to it", async () => {
  await host.call("Configure", { args: toStruct({ store: host.storePath }) });
  await host.call("Attach", { address: "127.0.0.1:1" });
  await host.create({ name: "a", fail: "warn" });
  expect(host.logs).toEqual([]);
});
