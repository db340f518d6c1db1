import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { Checkpoint, Gate, type Mishap, type Place } from "../../support/gate";
import { describePulumi, type PulumiStack } from "../../support/pulumi";
import { usePulumiPlatform } from "../../support/pulumi-platform";
import { isFullRun } from "../../support/tier";
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

/**
 * Engine and provider die at a place; false when the run ended before. The lock that they leave is taken away as `pulumi
 * cancel` does it, which would start the engine once more.
 */
async function dieAt(at: Place, kind: Mishap, { stack, checkpoint }: Gated): Promise<boolean> {
  const death = checkpoint.strike(at, kind);
  const run = stack.start(["up", "--yes", "--skip-preview"]);
  const isDead = await Promise.race([death.then(() => true), run.finished.then(() => false)]);
  run.kill();
  for (const id of providersOf(stack)) process.kill(id, "SIGKILL");
  await run.finished;
  checkpoint.heal();
  rmSync(join(stack.folder, "state/.pulumi/locks"), { recursive: true, force: true });
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

type Death = readonly [at: RegExp, kind: Mishap];

/* How each request ends is the matrix of the provider alone (test/rotation/crash.test.ts): these show the engine's part. */
const AT_CREATION: readonly Death[] = [
  [/^POST .*\/service_accounts$/, "dies_after"],
  [/^POST .*\/personal_access_tokens$/, "dies_after"],
  [/^POST .*\/variables$/, "dies_before"],
];
const AT_ROTATION: readonly Death[] = [
  [/^GET .*\/personal_access_tokens/, "dies_before"],
  [/^POST .*\/personal_access_tokens$/, "dies_after"],
  [/^PUT .*\/variables\/BOT_TOKEN/, "dies_after"],
];

/** A full run dies two dozen times. */
const TIMEOUT = isFullRun ? 480_000 : 180_000;

/** A run for each death, at the chosen requests; in a full run at every request, until one comes through. */
async function dieRepeatedly(gated: Gated, chosen: readonly Death[]): Promise<void> {
  if (!isFullRun) {
    for (const [at, kind] of chosen) expect([at, await dieAt(at, kind, gated)]).toEqual([at, true]);
    return;
  }
  let deaths = 0;
  const kind = () => (deaths % 2 === 0 ? "dies_after" : "dies_before");
  for (let at = 1; await dieAt(at, kind(), gated); at++) deaths++;
  expect(deaths).toBeGreaterThan(10);
}

describePulumi("a token whose engine and provider die", (engine) => {
  test(
    "at a request of its creation is made once, and nothing is left that the state does not know",
    async () => {
      const gated = await open(engine, () => false);
      await dieRepeatedly(gated, AT_CREATION);
      await expectConverged(gated);
      await gated.close();
    },
    TIMEOUT,
  );

  test(
    "at a request of its rotation locks nobody out, and nothing is left that the state does not know",
    async () => {
      let isConsumed = false;
      const gated = await open(engine, () => isConsumed);
      await gated.stack.up();
      isConsumed = true;
      await platform.gitlab.control("POST", "clock", { advance: "P30D" });
      await dieRepeatedly(gated, AT_ROTATION);
      await expectConverged(gated);
      await gated.close();
    },
    TIMEOUT,
  );
});
