import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
