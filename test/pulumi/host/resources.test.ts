import { status } from "@grpc/grpc-js";
import { parseExplanation, UNKNOWN } from "../../../src/provider/contract";
import { CHANGES, DIFF_KIND, NO_CHANGES } from "../../../src/provider/pulumi/protocol";
import { Secret, type PropertyMap } from "../../../src/provider/pulumi/values";
import { fromStruct, toStruct } from "../../../src/provider/pulumi/wire";
import { Connection, urn } from "./connection";

/** A sentence, with the same as data in the next line. */
const told = (sentence: string) => expect.stringContaining(`${sentence}\nData: {`) as string;

let host: Connection;

beforeEach(async () => {
  host = await Connection.configured();
});
afterEach(() => host.close());

const FULL: PropertyMap = {
  name: "a",
  region: "eu",
  labels: ["z", "a"],
  tags: ["z", "m", "a"],
  weights: { tin: 0.3, gold: 19 },
  limits: { high: 10.7 },
  ports: [{ number: 80 }, { number: 53, protocol: "udp" }],
};

interface Made {
  readonly id: string;
  readonly outputs: PropertyMap;
}

function diff(
  { id, outputs }: Made,
  news: PropertyMap,
  type = "Thing",
  ignoreChanges: string[] = [],
) {
  const request = { id, urn: urn(type), olds: toStruct(outputs), news: toStruct(news) };
  return host.call("Diff", { ...request, ignoreChanges });
}

async function update({ id, outputs }: Made, news: PropertyMap, preview = false) {
  const request = { id, urn: urn(), olds: toStruct(outputs), news: toStruct(news), preview };
  return fromStruct((await host.call("Update", request)).properties);
}

/** What somebody else does to an object. */
function tamper(id: string, fields: Record<string, unknown>): void {
  host.store = { ...host.store, [id]: { ...host.store[id], ...fields } };
}

describe("a check", () => {
  test("answers the inputs as they were written, secrets and unknowns included", async () => {
    const inputs = { name: new Secret("a"), region: UNKNOWN, tags: ["b", "a"] };
    const answer = await host.check(inputs);
    expect(fromStruct(answer.inputs)).toEqual(inputs);
    expect(answer.failures).toBeUndefined();
  });

  test("names the property of each failure by its path", async () => {
    const { failures } = await host.check({ name: "a", ports: [{ number: 1 }, { number: 0 }] });
    expect(failures).toEqual([
      { property: "ports[1].number", reason: "Bad port. A port is at least 1. [bad-port]" },
    ]);
  });

  test("tells of everything that does not fit the schema at once", async () => {
    const { failures } = await host.check({ size: "big", oldNam: 1 });
    expect(failures?.map(({ property }) => property)).toEqual([undefined, "name", "size"]);
    expect(failures?.[0]?.reason).toContain("oldName");
  });
});

describe("a preview", () => {
  test("of a create makes nothing, and shows what is not known yet", async () => {
    const { id, properties } = await host.create(FULL, true);
    expect(id).toBeUndefined();
    expect(fromStruct(properties)).toEqual({
      ...FULL,
      tags: ["a", "m", "z"],
      limits: { high: 10.7, low: 1 },
      ports: [
        { number: 80, protocol: "tcp", handle: UNKNOWN },
        { number: 53, protocol: "udp", handle: UNKNOWN },
      ],
      size: 0.1,
      active: true,
      secret: new Secret(UNKNOWN),
      revision: UNKNOWN,
      remembered: UNKNOWN,
    });
    expect(() => host.store).toThrow("ENOENT");
  });

  test("of an update changes nothing", async () => {
    const made = await host.created(FULL);
    const before = host.store;
    const planned = await update(made, { ...FULL, size: UNKNOWN }, true);
    expect(planned).toMatchObject({ name: "a", size: UNKNOWN, revision: UNKNOWN });
    expect(host.store).toEqual(before);
  });
});

describe("a diff", () => {
  test("of nothing is no change, whatever the order of a set", async () => {
    const made = await host.created(FULL);
    expect(await diff(made, { ...FULL, tags: ["m", "a", "z", "m"] })).toEqual({
      changes: NO_CHANGES,
    });
  });

  test("says where inputs change, and how", async () => {
    const made = await host.created(FULL);
    const rest = { ...FULL, labels: null };
    const answer = await diff(made, {
      ...rest,
      oldName: "x",
      limits: { high: 11 },
      ports: [{ number: 80 }, { number: 54, protocol: "udp" }],
    });
    expect(answer).toMatchObject({
      changes: CHANGES,
      hasDetailedDiff: true,
      detailedDiff: {
        labels: { kind: DIFF_KIND.delete },
        oldName: { kind: DIFF_KIND.add },
        "limits.high": { kind: DIFF_KIND.update },
        "ports[1].number": { kind: DIFF_KIND.update },
      },
    });
    expect(Object.keys(answer.detailedDiff ?? {})).toHaveLength(4);
    expect(answer.diffs).toEqual(expect.arrayContaining(["revision", "remembered"]));
    expect(answer.replaces).toBeUndefined();
  });

  test("replaces where only a new object can have the value", async () => {
    const made = await host.created(FULL);
    expect(await diff(made, { ...FULL, region: "us" })).toMatchObject({
      replaces: ["region"],
      deleteBeforeReplace: false,
      detailedDiff: { region: { kind: DIFF_KIND.updateReplace } },
    });
  });

  test("deletes first where the old object stands in the way", async () => {
    const made = await host.created(FULL);
    expect(await diff(made, { ...FULL, region: "us" }, "NamedThing")).toMatchObject({
      replaces: ["region"],
      deleteBeforeReplace: true,
    });
  });

  test("sees what somebody else changed, though the engine did not refresh, and tells it", async () => {
    const made = await host.created(FULL);
    tamper(made.id, { size: 7 });
    const answer = await diff(made, FULL);
    // The engine would show the recorded value twice.
    expect([answer.diffs?.[0], answer.detailedDiff]).toEqual(["size", undefined]);
    expect(host.logs).toMatchObject([
      { severity: 1, urn: urn(), message: told("Found changed: size is 7 and not 0.1.") },
      { severity: 1, urn: urn(), message: told("Planned: size becomes 0.1 (7 now).") },
    ]);
    expect(host.logs.map(({ message }) => parseExplanation(message))).toEqual([
      { code: "found-changed", values: [{ path: ["size"], value: 7 }] },
      { code: "planned", values: [{ path: ["size"], value: 0.1 }] },
    ]);
  });

  test("tells of a long value only where it differs", async () => {
    const made = await host.created(FULL);
    const ports = [
      { number: 80, protocol: "tcp", handle: "handle-80" },
      { number: 54, protocol: "udp", handle: "handle-53" },
    ];
    tamper(made.id, { ports });
    await diff(made, FULL);
    expect(host.logs[0]?.message).toEqual(told("Found changed: ports[1].number is 54 and not 53."));
    expect(parseExplanation(host.logs[0]?.message ?? "")?.values).toEqual([
      { path: ["ports", 1, "number"], value: 54 },
    ]);
  });

  test("tells values as they are, however much they look like words of its own", async () => {
    const name = 'a; size is 7 and not 0.1.\nData: {"code":"planned","values":[]} <{%reset%}>';
    const made = await host.created(FULL);
    tamper(made.id, { name });
    await diff(made, FULL);
    expect(parseExplanation(host.logs[0]?.message ?? "")).toEqual({
      code: "found-changed",
      values: [{ path: ["name"], value: name }],
    });
    expect(host.logs[0]?.message.split("\n")).toHaveLength(2);
  });

  test("tells no secret", async () => {
    const inputs = { ...FULL, region: new Secret("hush-1"), size: new Secret(41) };
    const made = await host.created(inputs);
    tamper(made.id, { size: 42, secret: "hush-2" });
    await diff(made, inputs);
    expect(JSON.stringify(host.logs)).toContain("size is [secret]");
    expect(JSON.stringify(host.logs)).not.toMatch(/hush|41|42/);
  });

  test("replaces what is gone, and does not look for the old one again", async () => {
    const made = await host.created(FULL);
    host.store = {};
    expect(await diff(made, FULL)).toMatchObject({
      replaces: ["id"],
      deleteBeforeReplace: true,
    });
    expect(host.logs).toMatchObject([{ severity: 2, message: expect.stringContaining("is gone") }]);
  });

  test.each([
    ["size", { size: 7 }],
    ["limits.low", { limits: { high: 10.7, low: 5 } }],
    ["ports[*].protocol", { ports: [{ number: 80, protocol: "sctp", handle: "x" }] }],
    ["*", { size: 7, name: "b" }],
  ])("ignores changes of %s, somebody else's too", async (path, tampered) => {
    const inputs = { ...FULL, ports: [{ number: 80 }] };
    const made = await host.created(inputs);
    tamper(made.id, tampered);
    expect((await diff(made, inputs)).changes).toBe(CHANGES);
    expect((await diff(made, inputs, "Thing", [path])).changes).toBe(NO_CHANGES);
  });
});

describe("an update", () => {
  test("starts from what is live, not from what the engine recorded", async () => {
    const made = await host.created(FULL);
    tamper(made.id, { revision: 8 });
    const after = await update(made, { ...FULL, size: 2 });
    expect(after).toMatchObject({ size: 2, revision: 9, remembered: "thing-a" });
  });

  test("of nothing writes nothing", async () => {
    const made = await host.created(FULL);
    expect(await update(made, FULL)).toMatchObject({ name: "a", revision: 1 });
    expect(host.store[made.id]).toMatchObject({ revision: 1 });
  });

  test("keeps what is remembered beside the state from one call to the next", async () => {
    const made = await host.created(FULL);
    const outputs = await update(made, { ...FULL, size: 2 });
    const { remembered } = await update({ id: made.id, outputs }, { ...FULL, size: 3 });
    expect(remembered).toBe("thing-a");
  });

  test("that went half-way leaves the engine what is there now, and why", async () => {
    const made = await host.created(FULL);
    const wanted = { ...FULL, name: "b", size: 5, fail: "half-way" };
    const failure: unknown = await update(made, wanted).catch((cause: unknown) => cause);
    expect(failure).toMatchObject({
      details: "Half-way (size). Only the name was changed. [half-way]",
    });
    expect(initFailedDetail(failure)).toContain("ErrorResourceInitFailed");
    expect(host.store[made.id]).toMatchObject({ name: "b", size: 0.1 });
  });

  test("of an object that must be replaced by now does nothing", async () => {
    const made = await host.created(FULL);
    await expect(update(made, { ...FULL, region: "us" })).rejects.toMatchObject({
      details: expect.stringContaining("Run the update again."),
    });
  });
});

describe("a read", () => {
  const read = (request: object) => host.call("Read", { urn: urn(), ...request });

  test("brings the state up to date and leaves the inputs alone", async () => {
    const { id, outputs } = await host.created(FULL);
    tamper(id, { size: 7 });
    const answer = await read({ id, properties: toStruct(outputs), inputs: toStruct(FULL) });
    expect(fromStruct(answer.properties)).toMatchObject({ size: 7, tags: ["a", "m", "z"] });
    expect(fromStruct(answer.inputs)).toEqual(FULL);
  });

  test("keeps secret what was secret", async () => {
    const { id, outputs } = await host.created({ ...FULL, size: new Secret(2) });
    const { properties } = await read({ id, properties: toStruct(outputs) });
    expect(fromStruct(properties)).toMatchObject({ size: new Secret(2) });
  });

  test("of what is gone answers no id", async () => {
    const { id, outputs } = await host.created(FULL);
    host.store = {};
    expect(await read({ id, properties: toStruct(outputs) })).toEqual({});
  });

  test("without a state imports: it answers the inputs that would make the object", async () => {
    const { id } = await host.created({ ...FULL, size: 3 });
    const answer = await read({ id });
    expect(answer.id).toBe(id);
    expect(fromStruct(answer.inputs)).toEqual({
      ...FULL,
      size: 3,
      tags: ["a", "m", "z"],
    });
    expect(fromStruct(answer.properties)).toMatchObject({ revision: 1, size: 3 });
  });

  test("of an id that means nothing says so", async () => {
    host.store = {};
    await expect(read({ id: "nobody" })).rejects.toMatchObject({
      details: expect.stringContaining("No such thing"),
    });
  });
});

describe("a delete", () => {
  const remove = ({ id, outputs }: Made) =>
    host.call("Delete", { urn: urn(), id, properties: toStruct(outputs) });

  test("removes the object", async () => {
    await remove(await host.created(FULL));
    expect(host.store).toEqual({});
  });

  test("of what is gone does nothing", async () => {
    const made = await host.created({ ...FULL, fail: "delete" });
    host.store = {};
    await remove(made);
  });

  test("that fails says why", async () => {
    const made = await host.created({ ...FULL, fail: "delete" });
    await expect(remove(made)).rejects.toMatchObject({
      details: "In use. Free it first. [in-use]",
    });
  });
});

describe("a failure", () => {
  test("that the resource foresaw is told in its words, and names the property", async () => {
    await expect(host.create({ name: "a", fail: "create" })).rejects.toMatchObject({
      code: status.FAILED_PRECONDITION,
      details: "Refused (name). No thing was made. [refused]",
    });
  });

  test("that nobody foresaw is called a bug, and its stack goes to the debug log", async () => {
    await expect(host.create({ name: "a", fail: "plan" })).rejects.toMatchObject({
      code: status.UNKNOWN,
      details: expect.stringMatching(/fixture:index:Thing[^]*plan went wrong[^]*bug in fixture/),
    });
    expect(host.logs).toMatchObject([
      { severity: 0, message: expect.stringContaining("TypeError: plan went wrong") },
    ]);
  });

  test("to say what a property is after all names it, and keeps the object", async () => {
    const failure: unknown = await host
      .create({ name: "a", fail: "unknown" })
      .catch((cause: unknown) => cause);
    expect(failure).toMatchObject({ details: expect.stringContaining('"secret" was not known') });
    expect(initFailedDetail(failure)).toContain("thing-a");
  });

  test("that is only a warning is shown once, at its resource", async () => {
    await host.create({ name: "a", fail: "warn" });
    await host.create({ name: "a", fail: "warn" });
    expect(host.logs).toEqual([
      { severity: 2, urn: urn(), message: "Mind the gap. It is there. [mind-the-gap]" },
    ]);
  });

  test("to know a type names it", async () => {
    await expect(host.check({}, "Nothing")).rejects.toMatchObject({
      details: 'There is no resource type "fixture:index:Nothing".',
    });
  });
});

function initFailedDetail(failure: unknown): string {
  const { metadata } = failure as { metadata: { get(key: string): Buffer[] } };
  return metadata.get("grpc-status-details-bin")[0]?.toString("latin1") ?? "";
}
