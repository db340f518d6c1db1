import { Driver, type Declared } from "../support/driver";
import { TestGitLab } from "../support/gitlab";
import { World } from "./world";

type Values = Record<string, unknown>;

async function reasonOf(world: World): Promise<unknown> {
  return (await world.driver.plan()).planned.get("token")?.["rotation_reason"];
}

describe("a plan tells", () => {
  let world: World;
  afterEach(() => world.close());

  test("which token an interrupted run left, before it is replaced everywhere and retires", async () => {
    world = await World.build("ci_variable");
    await world.driver.apply();
    await world.advance("P30D");
    const death = world.checkpoint.strike("first write", "dies_after");
    const saved = world.driver.snapshot();
    await Promise.race([death, world.driver.apply()]);
    world.driver.restore(saved);
    world.revive();
    const stray = Math.max(...(await world.liveTokens()).map(({ id }) => id));
    expect(await reasonOf(world)).toContain(`token ${stray} was left by an interrupted run`);
    await world.driver.apply();
    const previous = world.token["previous"] as { token_id: number; revoke_at: string }[];
    expect(previous.map((entry) => entry.token_id)).toContain(stray);
    expect(previous.every((entry) => entry.revoke_at !== null)).toBe(true);
    expect(world.token["strays"]).toEqual([]);
  });

  test("how long a rotation is overdue, and that the old token's own expiry cuts its overlap short", async () => {
    world = await World.build("ci_variable");
    await world.driver.apply();
    const { token_id: id, valid_until: expiry, rotates_at: date } = world.token;
    await world.advance("P38D");
    expect(await reasonOf(world)).toBe(
      `due since ${String(date)} (8 days overdue); token ${String(id)} expires on ${String(expiry)}, ` +
        "which cuts its overlap of 3 days short",
    );
  });
});

describe("a policy that many tokens share", () => {
  const COUNT = 200;

  function declared(rotation: Values): Declared[] {
    const tokens = Array.from({ length: COUNT }, (_, at): Declared => ({
      address: `token-${at}`,
      type: "glsa_access_token",
      config: (states) => ({
        service_account_id: states.get("account")?.["id"],
        name: `ci-${at}`,
        scopes: ["read_user"],
        rotation,
        store_value: true,
      }),
    }));
    const account: Declared = {
      address: "account",
      type: "glsa_service_account",
      config: () => ({ group: "platform", username: "bot" }),
    };
    return [account, ...tokens];
  }

  test("can be edited without a single token being rotated, and without a writing request", async () => {
    const gitlab = await TestGitLab.start();
    await gitlab.platform();
    const settings = { token: gitlab.token, base_url: gitlab.url, stack: "test" };
    const driver = new Driver(settings, declared({ every: "30d" }));
    expect((await driver.apply()).diagnostics).toEqual([]);
    await gitlab.control("POST", "clock", { advance: "P10D" });
    await gitlab.forgetRequests();
    driver.declared = declared({ every: "20d", overlap: "5d" });
    expect((await driver.apply()).diagnostics).toEqual([]);
    expect(await gitlab.writes()).toEqual([]);
    expect(new Set((await driver.plan()).actions.values())).toEqual(new Set(["none"]));
    await gitlab.close();
  });
});
