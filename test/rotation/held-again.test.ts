import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { World } from "./world";

const rotation = { every: "30d", overlap: "3d", quiet_for: "1d" };

let folder: string;
let world: World;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "glsa-held-"));
});

afterEach(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

const VARIABLE = "/projects/platform%2Fcharts/variables/BOT_TOKEN";

const places = {
  "a variable": {
    declared: () => ({ ci_variable: { project: "platform/charts", key: "BOT_TOKEN" } }),
    read: async () => (await world.gitlab.call<{ value: string }>("GET", VARIABLE)).value,
    write: (value: string) => world.gitlab.call("PUT", VARIABLE, { value }),
  },
  "a file": {
    declared: () => ({ file: { path: join(folder, "token"), overwrite: true } }),
    read: async () => readFileSync(join(folder, "token"), "utf8"),
    write: async (value: string) => writeFileSync(join(folder, "token"), value),
  },
} as const;

const liveIds = async () => (await world.liveTokens()).map(({ id }) => id).sort();

async function apply(): Promise<void> {
  const { diagnostics } = await world.driver.apply();
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
}

test.each(["a variable", "a file"] as const)(
  "an older token that somebody put back into %s has another overlap once a newer one takes its place",
  async (name) => {
    const place = places[name];
    world = await World.build("ci_variable", { rotation, deliver_to: [place.declared()] });
    await apply();
    const [first] = await liveIds();
    const value = await place.read();
    await world.advance("P30D");
    await apply();
    const [, second] = await liveIds();
    await place.write(value);
    await world.advance("P4D");
    await apply();
    expect(await place.read()).not.toBe(value);
    expect(await world.gitlab.whoIs(value)).toBe("bot");
    expect(await liveIds()).toEqual([first, second, expect.any(Number)]);
    await world.advance("P2D");
    await apply();
    expect(await liveIds()).toContain(first);
    await world.advance("P2D");
    await apply();
    expect(await liveIds()).toEqual([world.token["token_id"]]);
  },
  60_000,
);
