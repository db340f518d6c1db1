import { execFileSync } from "node:child_process";
import { Checkpoint, Gate, type Mishap } from "../../support/gate";
import { describePulumi, type PulumiStack } from "../../support/pulumi";
import { usePulumiPlatform } from "../../support/pulumi-platform";
import type { PulumiEngine } from "../../../examples/demo/pulumi-engine";

const platform = usePulumiPlatform();

const PROGRAM = `
const bot = account("bot", { group: "platform", username: "bot" });
token("ci", {
  serviceAccountId: bot.id,
  name: "ci",
  scopes: ["read_user", "read_api"],
  rotation: { every: "30d" },
  deliverTo: [{ ciVariable: { project: "platform/charts", key: "BOT_TOKEN" } }],
});`;

const delivered = async () =>
  (await platform.gitlab.variable(platform.ids.charts, "BOT_TOKEN")) ?? "";

const works = async () => (await platform.gitlab.whoIs(await delivered())) === "bot";

interface Gated {
  readonly stack: PulumiStack;
  readonly checkpoint: Checkpoint;
  readonly outages: string[];
  close(): Promise<void>;
}

/** A stack whose provider speaks to GitLab through a gate; with a consumer that looks on once a value is delivered. */
async function open(engine: PulumiEngine, isConsumed: () => boolean): Promise<Gated> {
  const outages: string[] = [];
  const checkpoint = new Checkpoint(async () => {
    if (isConsumed() && !(await works())) outages.push(checkpoint.log.at(-1) ?? "");
  });
  const gate = await Gate.before(platform.gitlab.url, checkpoint);
  const stack = await platform.stack(engine, PROGRAM, { config: { "glsa:baseUrl": gate.url } });
  return { stack, checkpoint, outages, close: () => gate.close() };
}

/** Engine and provider die at the n-th request; false when the run ended before. */
async function dieAt(at: number, kind: Mishap, { stack, checkpoint }: Gated): Promise<boolean> {
  const death = checkpoint.strike(at, kind);
  const run = stack.start(["up", "--yes", "--skip-preview"]);
  const isDead = await Promise.race([death.then(() => true), run.finished.then(() => false)]);
  run.kill();
  for (const id of providersOf(stack)) process.kill(id, "SIGKILL");
  await run.finished;
  checkpoint.heal();
  await stack.run(["cancel", "--yes"]);
  return isDead;
}

function providersOf(stack: PulumiStack): number[] {
  return execFileSync("ps", ["-A", "-o", "pid=,args="], { encoding: "utf8" })
    .split("\n")
    .filter((line) => line.includes("pulumi-resource-") && line.includes(stack.folder))
    .map((line) => Number.parseInt(line, 10));
}

async function expectConverged({ stack, outages }: Gated): Promise<void> {
  for (let run = 0; run < 2; run++) await stack.up();
  expect(await stack.changes()).toEqual({});
  const [account, ...others] = await platform.gitlab.accounts(platform.ids.platform);
  expect(others).toEqual([]);
  const { outputs } = (await stack.resource("ci")) ?? {};
  const previous = (outputs?.["previous"] ?? []) as { tokenId: number }[];
  const known = [outputs?.["tokenId"] as number, ...previous.map(({ tokenId }) => tokenId)];
  const live = await platform.gitlab.activeTokens(account?.id ?? 0);
  expect(live.map(({ id }) => id).sort()).toEqual(known.sort());
  expect(await works()).toBe(true);
  expect(outages).toEqual([]);
}

describePulumi("a token whose engine and provider die", (engine) => {
  test("at a request of its creation is made once, and nothing is left that the state does not know", async () => {
    const gated = await open(engine, () => false);
    let deaths = 0;
    for (let at = 1; await dieAt(at, deaths % 2 === 0 ? "dies_after" : "dies_before", gated); at++)
      deaths++;
    expect(deaths).toBeGreaterThan(10);
    await expectConverged(gated);
    await gated.close();
  }, 480_000);

  test("at each request of its rotation locks nobody out, and nothing is left that the state does not know", async () => {
    let isConsumed = false;
    const gated = await open(engine, () => isConsumed);
    await gated.stack.up();
    isConsumed = true;
    await platform.gitlab.control("POST", "clock", { advance: "P30D" });
    let deaths = 0;
    for (let at = 1; await dieAt(at, deaths % 2 === 0 ? "dies_after" : "dies_before", gated); at++)
      deaths++;
    expect(deaths).toBeGreaterThan(10);
    await expectConverged(gated);
    await gated.close();
  }, 480_000);
});
