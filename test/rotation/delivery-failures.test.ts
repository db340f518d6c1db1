import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type timers from "node:timers/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CiVariable } from "../../src/destinations/ci-variable/implementation";
import { World } from "./world";

// Waits between attempts say nothing about what happens after them.
jest.mock("node:timers/promises", () => {
  const real = jest.requireActual<typeof timers>("node:timers/promises");
  const setTimeout: typeof real.setTimeout = (milliseconds = 0, value, options) =>
    real.setTimeout(milliseconds / 50, value, options);
  return { ...real, setTimeout };
});

let folder: string;
let world: World;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "glsa-failures-"));
});

afterEach(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

const rotation = { every: "30d" };
const hidden = { ci_variable: { project: "platform/charts", key: "BOT_TOKEN", hidden: true } };
const readable = { ci_variable: { project: "platform/charts", key: "BOT_TOKEN" } };

/** Takes the value only while there is no file `broken`. */
function command() {
  const script = `test ! -e ${join(folder, "broken")} && cat > ${join(folder, "value")}`;
  return { command: { argv: ["sh", "-c", script] } };
}

const breakCommand = () => writeFileSync(join(folder, "broken"), "");
const mendCommand = () => rmSync(join(folder, "broken"), { force: true });

async function liveIds(): Promise<number[]> {
  return (await world.liveTokens()).map(({ id }) => id).sort();
}

function errorsOf(diagnostics: readonly { severity: string; detail: string }[]): string {
  return diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ detail }) => detail)
    .join("\n");
}

describe("a delivery that fails", () => {
  test("is carried forward where another cannot be put back: both tokens live until every destination holds a newer one", async () => {
    world = await World.build("hidden ci_variable", {
      rotation,
      deliver_to: [hidden, command()],
    });
    expect((await world.driver.apply()).diagnostics).toEqual([]);
    const first = world.token["token_id"] as number;
    await world.advance("P30D");
    breakCommand();
    const failed = await world.driver.apply();
    expect(errorsOf(failed.diagnostics)).toContain('command "sh -c');
    const second = world.token["token_id"] as number;
    expect(second).not.toBe(first);
    expect(world.token["previous"]).toMatchObject([
      { token_id: first, delivered_at: null, revoke_at: null },
    ]);
    expect(await liveIds()).toEqual([first, second]);
    await world.advance("P9D");
    const planned = await world.driver.plan();
    expect(planned.planned.get("token")?.["rotation_reason"]).toContain('command "sh -c');
    mendCommand();
    const mended = await world.driver.apply();
    expect(errorsOf(mended.diagnostics)).toBe("");
    const third = world.token["token_id"] as number;
    expect(await liveIds()).toEqual([first, second, third]);
    await world.advance("P4D");
    expect(errorsOf((await world.driver.apply()).diagnostics)).toBe("");
    expect(await liveIds()).toEqual([third]);
    expect((await world.driver.plan()).actions.get("token")).toBe("none");
  });

  test("again and again is tried again every night, and the consumer's value works until its own expiry", async () => {
    world = await World.build("hidden ci_variable", { rotation, deliver_to: [command()] });
    await world.driver.apply();
    breakCommand();
    await world.advance("P30D");
    for (let night = 0; night < 9; night++) {
      expect(errorsOf((await world.driver.apply()).diagnostics)).toContain("exited with 1");
      expect(await world.gitlab.whoIs(readFileSync(join(folder, "value"), "utf8"))).toBe("bot");
      expect((await liveIds()).length).toBeLessThanOrEqual(10);
      await world.advance("P1D");
    }
    mendCommand();
    expect(errorsOf((await world.driver.apply()).diagnostics)).toBe("");
    expect(await world.gitlab.whoIs(readFileSync(join(folder, "value"), "utf8"))).toBe("bot");
    for (let night = 0; night < 4; night++) {
      await world.advance("P1D");
      await world.driver.apply();
    }
    expect(await liveIds()).toEqual([world.token["token_id"]]);
    expect((await world.driver.plan()).actions.get("token")).toBe("none");
  });

  test("keeps its older tokens no longer than needed once its destination is given up", async () => {
    world = await World.build("hidden ci_variable", { rotation, deliver_to: [hidden, command()] });
    await world.driver.apply();
    breakCommand();
    await world.advance("P30D");
    await world.driver.apply();
    world.declare({ rotation, deliver_to: [hidden] });
    expect(errorsOf((await world.driver.apply()).diagnostics)).toBe("");
    for (let night = 0; night < 4; night++) {
      await world.advance("P1D");
      await world.driver.apply();
    }
    expect(await liveIds()).toEqual([world.token["token_id"]]);
    expect((await world.driver.plan()).actions.get("token")).toBe("none");
  });

  test("costs nothing where everything can be put back: the old value stays, the new token is revoked", async () => {
    world = await World.build("ci_variable", {
      rotation,
      deliver_to: [readable, { file: { path: join(folder, "token") } }],
    });
    await world.driver.apply();
    const before = await world.delivered();
    const live = await liveIds();
    await world.advance("P30D");
    rmSync(join(folder, "token"));
    const refuse = { kind: "status", status: 403, body: { message: "403 Forbidden" } };
    await world.gitlab.control("POST", "faults", {
      faults: [{ route: "PUT /projects/:id/variables/:key", times: 1, effect: refuse }],
    });
    const failed = await world.driver.apply();
    expect(errorsOf(failed.diagnostics)).toContain("403 Forbidden");
    expect(await world.delivered()).toEqual(before);
    expect(existsSync(join(folder, "token"))).toBe(false);
    expect(await liveIds()).toEqual(live);
  });

  test("says why what was delivered before it could not be put back", async () => {
    const ofGroup = { ci_variable: { group: "platform", key: "BOT_TOKEN" } };
    world = await World.build("ci_variable", { rotation, deliver_to: [readable, ofGroup] });
    await world.driver.apply();
    await world.advance("P30D");
    const refusal = (status: number, message: string) => ({
      kind: "status",
      status,
      body: { message },
    });
    await world.gitlab.control("POST", "faults", {
      faults: [
        { route: "PUT /groups/:id/variables/:key", effect: refusal(403, "403 Forbidden") },
        // The first one delivers, the second one puts back.
        { route: "PUT /projects/:id/variables/:key", nth: 2, effect: refusal(400, "no room") },
      ],
    });
    const failed = await world.driver.apply();
    expect(errorsOf(failed.diagnostics)).toMatch(
      /CI\/CD variable "BOT_TOKEN" of group \d+: .*403 Forbidden.*; what was delivered before it could not be put back: CI\/CD variable "BOT_TOKEN" of project \d+: .*no room/,
    );
    expect(await liveIds()).toHaveLength(2);
    expect(await world.gitlab.whoIs((await world.delivered())[0] ?? "")).toBe("bot");
  });

  test("at the first creation leaves a token that the next apply replaces, and then lets go", async () => {
    breakCommand();
    world = await World.build("hidden ci_variable", {
      rotation,
      deliver_to: [hidden, command()],
    });
    const failed = await world.driver.apply();
    expect(errorsOf(failed.diagnostics)).toContain("stays alive");
    const [left] = await liveIds();
    mendCommand();
    expect(errorsOf((await world.driver.apply()).diagnostics)).toBe("");
    expect(world.token).toMatchObject({ generation: 2, previous: [{ token_id: left }] });
    await world.advance("P4D");
    await world.driver.apply();
    expect(await liveIds()).toEqual([world.token["token_id"]]);
  });
});

describe("what fails between two deliveries", () => {
  const valueIn = (name: string) => readFileSync(join(folder, name), "utf8");
  const isHeld = () => existsSync(join(folder, "held")) && valueIn("held") !== "";
  /** Refuses every list of tokens from the moment at which the first destination has the new value. */
  const refuseLists = (isDelivered: () => boolean) =>
    jest.spyOn(world.checkpoint, "enter").mockImplementation((name) => {
      const isList = name.includes("/personal_access_tokens?");
      return isList && isDelivered() ? "error_before" : undefined;
    });

  test("never revokes a new token that a destination holds, and the next apply delivers a further one everywhere", async () => {
    const keep = { command: { argv: ["sh", "-c", `cat > ${join(folder, "held")}`] } };
    world = await World.build("command", { rotation, deliver_to: [keep, hidden] });
    expect((await world.driver.apply()).diagnostics).toEqual([]);
    const before = valueIn("held");
    await world.advance("P30D");
    const faults = refuseLists(() => valueIn("held") !== before);
    const { diagnostics } = await world.driver.apply();
    expect(diagnostics.map(({ code }) => code)).toEqual(["delivery-incomplete"]);
    expect(errorsOf(diagnostics)).toContain("500");
    expect(await world.gitlab.whoIs(valueIn("held"))).toBe("bot");
    expect(await world.gitlab.whoIs(before)).toBe("bot");
    faults.mockRestore();
    expect(errorsOf((await world.driver.apply()).diagnostics)).toBe("");
    expect(await world.gitlab.whoIs(valueIn("held"))).toBe("bot");
    expect((await world.driver.plan()).actions.get("token")).toBe("none");
  });

  test("puts back what was delivered where that can be, and revokes the token that nobody holds", async () => {
    const held = { file: { path: join(folder, "held") } };
    world = await World.build("file", { rotation, deliver_to: [held, readable] });
    expect((await world.driver.apply()).diagnostics).toEqual([]);
    const [before, live] = [valueIn("held"), await liveIds()];
    await world.advance("P30D");
    const faults = refuseLists(() => isHeld() && valueIn("held") !== before);
    expect(errorsOf((await world.driver.apply()).diagnostics)).toContain("500");
    faults.mockRestore();
    expect(valueIn("held")).toBe(before);
    expect(await liveIds()).toEqual(live);
  });

  test("is told with a code where nobody foresaw it, and counts as a value that may have arrived", async () => {
    const held = { file: { path: join(folder, "held") } };
    world = await World.build("file", { rotation, deliver_to: [held, hidden] });
    expect((await world.driver.apply()).diagnostics).toEqual([]);
    await world.advance("P30D");
    const deliver = jest.spyOn(CiVariable.prototype, "deliver").mockImplementation(({ value }) => {
      throw new TypeError(`${value} is not iterable`);
    });
    const { diagnostics } = await world.driver.apply();
    deliver.mockRestore();
    expect(diagnostics.map(({ code }) => code)).toEqual(["delivery-failed-unexpectedly"]);
    expect(errorsOf(diagnostics)).toMatch(/TypeError in .*line \d+/);
    expect(errorsOf(diagnostics)).not.toContain(valueIn("held"));
    expect(await world.gitlab.whoIs(valueIn("held"))).toBe("bot");
    expect(await liveIds()).toHaveLength(2);
    expect(errorsOf((await world.driver.apply()).diagnostics)).toBe("");
    expect((await world.driver.plan()).actions.get("token")).toBe("none");
  });
});

describe("with three live tokens", () => {
  const other = { ci_variable: { project: "platform/charts", key: "OTHER" } };

  async function withThree(): Promise<void> {
    world = await World.build("ci_variable", { rotation, keepers: { at: "1" } });
    for (const at of ["1", "2", "3"]) {
      world.declare({ rotation, keepers: { at } });
      expect(errorsOf((await world.driver.apply()).diagnostics)).toBe("");
    }
    expect(await liveIds()).toHaveLength(3);
  }

  const keepers = { at: "3" };
  const removeVariable = async () =>
    world.gitlab.call(
      "DELETE",
      `/projects/${encodeURIComponent("platform/charts")}/variables/BOT_TOKEN`,
    );

  test.each(["P0D", "P5D"])("a new destination is delivered at once (%s later)", async (later) => {
    await withThree();
    await world.advance(later);
    world.declare({ rotation, keepers, deliver_to: [readable, other] });
    expect(errorsOf((await world.driver.apply()).diagnostics)).toBe("");
    expect(await world.gitlab.whoIs((await world.delivered())[0] ?? "")).toBe("bot");
    expect((await world.driver.plan()).actions.get("token")).toBe("none");
  });

  test.each(["P0D", "P5D"])(
    "a deleted destination is delivered anew at once (%s later)",
    async (later) => {
      await withThree();
      await world.advance(later);
      await removeVariable();
      expect(errorsOf((await world.driver.apply()).diagnostics)).toBe("");
      expect(await world.gitlab.whoIs((await world.delivered())[0] ?? "")).toBe("bot");
      await world.advance("P5D");
      await world.driver.apply();
      expect(await liveIds()).toEqual([world.token["token_id"]]);
    },
  );

  test("a changed keeper is refused while the old ones are in use, and goes through once one is quiet", async () => {
    await withThree();
    world.declare({ rotation, keepers: { at: "4" } });
    expect(errorsOf((await world.driver.apply()).diagnostics)).toContain("revoke_now");
    await world.advance("P2D");
    expect(errorsOf((await world.driver.apply()).diagnostics)).toBe("");
    expect(await liveIds()).toHaveLength(3);
  });
});
