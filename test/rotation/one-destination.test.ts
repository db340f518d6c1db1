import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { reviewedDeliveries } from "./reviewed-deliveries";
import { World } from "./world";

/* One destination however it is written: no new token, no delivery, no removal. */

let world: World;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "glsa-spelling-"));
});

afterEach(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

const rotation = { every: "30d" };
const declare = (...deliver_to: object[]) => world.declare({ rotation, deliver_to });
const variable = (project: string, more: object = {}) => ({
  ci_variable: { project, key: "BOT_TOKEN", ...more },
});

/** Plans in place, with nothing made anew, and then is done. */
async function isTheSame(): Promise<void> {
  const before = world.token["token_id"];
  const planned = await world.driver.plan();
  expect(planned.planned.get("token")).toMatchObject({ token_id: before });
  const { diagnostics } = await world.driver.apply();
  expect(diagnostics).toEqual([]);
  expect(world.token["token_id"]).toBe(before);
  expect(await world.liveTokens()).toHaveLength(1);
  expect((await world.driver.plan()).actions.get("token")).toBe("none");
}

test("a project by path, number, letter case, slashes, and the new path of its group", async () => {
  world = await World.build("ci_variable", { rotation });
  declare(variable("platform/charts"));
  await world.driver.apply();
  const [value] = await world.delivered();
  const { id } = await world.gitlab.call<{ id: number }>("GET", "/projects/platform%2Fcharts");
  for (const spelling of [String(id), "/Platform/Charts/", "platform/charts", "PLATFORM/charts"]) {
    declare(variable(spelling));
    await isTheSame();
    expect(await world.delivered()).toEqual([value]);
  }
  const group = await world.gitlab.call<{ id: number }>("GET", "/groups/platform");
  await world.gitlab.call("PUT", `/groups/${group.id}`, { path: "renamed" });
  declare(variable("renamed/charts"));
  await isTheSame();
  expect(await world.delivered()).toEqual([value]);
});

test("settings that change with the spelling are changed in place, and a rotation removes nothing", async () => {
  world = await World.build("ci_variable", { rotation });
  declare(variable("platform/charts"));
  await world.driver.apply();
  const before = world.token["token_id"];
  const { id } = await world.gitlab.call<{ id: number }>("GET", "/projects/platform%2Fcharts");
  declare(variable(String(id), { protected: true }));
  await isTheSame();
  await world.advance("P30D");
  declare(variable("Platform/charts"));
  expect((await world.driver.apply()).diagnostics).toEqual([]);
  expect(world.token["token_id"]).not.toBe(before);
  expect(await world.delivered()).toHaveLength(1);
});

test("a Vault by VAULT_ADDR or by its address written out, and a path with slashes", async () => {
  world = await World.build("vault", { rotation });
  await world.driver.apply();
  const [value] = await world.delivered();
  const address = process.env["VAULT_ADDR"] ?? "";
  declare({ vault: { address, path: "ci/bot" } });
  await isTheSame();
  declare({ vault: { address: `${address}/`, mount: "/secret/", path: "/ci/bot" } });
  await isTheSame();
  expect(await world.delivered()).toEqual([value]);
});

test("a file by any path to it, but not another file", async () => {
  world = await World.build("file", { rotation });
  mkdirSync(join(folder, "real"));
  symlinkSync("real", join(folder, "link"));
  const file = (path: string) => ({ file: { path: `${folder}/${path}` } });
  declare(file("real/token"));
  await world.driver.apply();
  for (const path of ["real/./token", "link/token", "link/../real/token"]) {
    declare(file(path));
    await isTheSame();
  }
  const before = world.token["token_id"];
  declare(file("real/another"));
  await world.driver.apply();
  expect(world.token["token_id"]).not.toBe(before);
});

/** Every spelling of four places, the one that is applied first. */
async function spellings(): Promise<object[][]> {
  const { id } = await world.gitlab.call<{ id: number }>("GET", "/projects/platform%2Fcharts");
  const group = await world.gitlab.call<{ id: number }>("GET", "/groups/platform");
  const ofGroup = (path: string) => ({ ci_variable: { group: path, key: "GROUP_TOKEN" } });
  const address = process.env["VAULT_ADDR"] ?? "";
  const vault = (more: object) => ({ vault: { path: "ci/bot", ...more } });
  const file = (path: string) => ({ file: { path: `${folder}/${path}` } });
  symlinkSync(folder, join(folder, "link"));
  return [
    ["platform/charts", String(id), "Platform/CHARTS", "/platform/charts/"].map((path) =>
      variable(path),
    ),
    ["platform", String(group.id), "/PLATFORM"].map(ofGroup),
    [vault({}), vault({ address }), vault({ address: `${address}/`, mount: "/secret/" })],
    ["token", "link/token", "./token"].map(file),
  ];
}

const SAME = "destination written differently";
const ADDED = "also delivered";
const REMOVED = "no longer delivered";

test("a review says of a place that is written differently that it is the same, alone, at a rotation and beside others", async () => {
  world = await World.build("vault", { rotation });
  const places = await spellings();
  const added = variable("platform/charts", { key: "ADDED" });
  const removed = variable("platform/charts", { key: "REMOVED" });
  const spelling = (at: number) => places.map((each) => each[Math.min(at, each.length - 1)] ?? {});
  const others = [1, 2, 3].map(spelling);
  const holds = async (now: readonly object[]) => {
    declare(removed, ...now);
    expect(await reviewedDeliveries(world)).toEqual(now.map(() => SAME));
    declare(...[...now].reverse(), added);
    expect(await reviewedDeliveries(world)).toEqual([ADDED, ...now.map(() => SAME), REMOVED]);
  };
  declare(removed, ...spelling(0));
  expect((await world.driver.apply()).diagnostics).toEqual([]);
  for (const now of others) await holds(now);
  await world.advance("P30D");
  for (const now of others) await holds(now);
  const { id } = await world.gitlab.call<{ id: number }>("GET", "/groups/platform");
  await world.gitlab.call("PUT", `/groups/${id}`, { path: "renamed" });
  const group = { ci_variable: { group: "renamed", key: "GROUP_TOKEN" } };
  const renamed = [variable("renamed/charts"), group, ...spelling(1).slice(2)];
  declare(removed, ...renamed);
  expect(await reviewedDeliveries(world)).toEqual(renamed.map(() => SAME));
  expect((await world.driver.apply()).diagnostics).toEqual([]);
  expect((await world.driver.plan()).actions.get("token")).toBe("none");
});

test("a state of an earlier version, which has no numbers of destinations, is planned without a change and reviewed alike", async () => {
  world = await World.build("ci_variable", { rotation });
  declare(variable("platform/charts"), variable("platform/charts", { key: "REMOVED" }));
  await world.driver.apply();
  const older = [...world.driver.snapshot()].map(([address, kept]) => {
    const state = JSON.stringify({ ...JSON.parse(kept.state), destination_ids: null });
    return [address, address === "token" ? { ...kept, state } : kept] as const;
  });
  world.driver.restore(new Map(older));
  expect((await world.driver.plan()).actions.get("token")).toBe("none");
  declare(variable("platform/charts", { key: "ADDED" }), variable("Platform/Charts"));
  expect(await reviewedDeliveries(world)).toEqual([ADDED, SAME, REMOVED]);
  expect((await world.driver.apply()).diagnostics).toEqual([]);
  expect(world.token["destination_ids"]).toEqual([3, 1]);
});
