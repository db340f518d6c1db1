import { place } from "../../src/destinations/onepassword/implementation";
import { onepassword } from "../../src/destinations/onepassword/record";
import { TestConnect } from "../support/clouds/connect";
import { AGAIN, deliveredBy, FIRST, newValue, settingsOf } from "./conformance/under-test";

/* What only this kind does; what all do is in the conformance suite. */

const before = { ...process.env };
let connect: TestConnect;

beforeAll(async () => {
  connect = await TestConnect.start();
});
beforeEach(() => {
  Object.assign(process.env, { OP_CONNECT_HOST: connect.url, OP_CONNECT_TOKEN: connect.token });
});
afterEach(() => {
  process.env = { ...before };
});
afterAll(() => connect.close());

const field = (item: string, written: object = {}) =>
  place(settingsOf(onepassword, { vault: "Deploy", item, ...written }));

async function deliver(item: string, written: object = {}) {
  const value = newValue();
  await field(item, written).check(FIRST);
  await field(item, written).deliver(value);
  return value;
}

test("other fields of the item stay, and the item with them", async () => {
  const first = await deliver("shared");
  const second = await deliver("shared", { field: "deploy key" });
  await field("shared").remove(deliveredBy(first));
  expect(connect.held("shared", "credential")).toBeUndefined();
  expect(connect.held("shared", "deploy key")).toBe(second.value);
  await field("shared", { field: "deploy key" }).remove(deliveredBy(second));
  expect(connect.titles()).not.toContain("shared");
});

test("names and ids lead to one item", async () => {
  const value = await deliver("by-title");
  const [id = ""] = [...connect.items.values()]
    .filter(({ title }) => title === "by-title")
    .map((item) => item.id);
  const byId = field(id, { vault: connect.vaultId });
  const from = connect.requests.length;
  expect(await byId.observe(deliveredBy(value))).toEqual({ kind: "unchanged" });
  expect(connect.requests.slice(from)).toHaveLength(1);
});

test("a title that several items have is refused in the plan", async () => {
  await deliver("twice");
  const [item] = [...connect.items.values()].filter(({ title }) => title === "twice");
  connect.items.set("copy", { ...item!, id: "copy" });
  await expect(field("twice").foresee!(FIRST)).rejects.toThrow("several items with the title");
});

test("an id that no item has is refused before a token is made", async () => {
  await expect(field("a".repeat(26)).check(FIRST)).rejects.toThrow("no item with this id");
});

test("a vault that the token does not see is refused, and named", async () => {
  const hidden = field("any", { vault: "Private" }).foresee!(FIRST);
  await expect(hidden).rejects.toThrow('the token sees no vault with the name "Private"');
});

test("a plan writes nothing", async () => {
  const value = await deliver("planned");
  const from = connect.requests.length;
  await field("planned").foresee!(AGAIN);
  await field("planned").observe(deliveredBy(value));
  expect(connect.requests.slice(from).filter((each) => !each.startsWith("GET"))).toEqual([]);
});

test("a service account alone is told what it is for", async () => {
  delete process.env["OP_CONNECT_TOKEN"];
  process.env["OP_SERVICE_ACCOUNT_TOKEN"] = "ops_x";
  await expect(field("any").check(FIRST)).rejects.toMatchObject({
    remedy: expect.stringContaining("use a command with op") as string,
  });
});
