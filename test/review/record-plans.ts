/**
 * Records the plans that the tests of the review read, from real engines against the stand-in:
 *
 *   npm run build -- --no-types && npx tsx test/review/record-plans.ts
 *   npx tsx test/review/record-plans.ts --reviews       only what a review makes of the recorded plans
 *
 * Read the differences in `plans/` and `reviews/` line by line before you commit them.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { presentPulumi } from "../../examples/demo/pulumi-engine";
import { cleanUpWorkspaces, engines, succeeded, type Engine } from "../support/engine";
import { TestGitLab } from "../support/gitlab";
import { stack } from "../support/glsa";
import { cleanUpPulumi, pulumiStack } from "../support/pulumi";
import { normalised } from "./normalised";
import { readPlan } from "../../src/review";
import { PLANS, recordedPlan, recordedPlans, reviewFile, TODAY } from "./recorded";
import * as program from "./recorded-program";
import { CHANGED, CREATED, gone, MODULES, START } from "./recorded-world";

async function record(name: string, document: unknown): Promise<void> {
  const text = await format(JSON.stringify(normalised(document)), { parser: "json" });
  writeFileSync(join(PLANS, `${name}.json`), text);
  console.log(name);
}

/** A platform, and an account that somebody made by hand. */
async function platform(): Promise<{ gitlab: TestGitLab; charts: number; found: string }> {
  const gitlab = await (await TestGitLab.start({ now: START })).lasting();
  const { platform: group, charts } = await gitlab.platform();
  const body = { username: "made-by-hand", name: "Made by hand" };
  const made = await gitlab.call<{ id: number }>("POST", `/groups/${group}/service_accounts`, body);
  return { gitlab, charts, found: `group:${group}:${made.id}` };
}

async function advance(gitlab: TestGitLab, duration: string): Promise<void> {
  await gitlab.control("POST", "clock", { advance: duration });
}

async function recordTerraform(engine: Engine): Promise<void> {
  const { gitlab, charts, found } = await platform();
  const work = stack(engine, gitlab, CREATED);
  work.write(MODULES);
  succeeded(await work.run(["get"]));
  const plan = async (name: string) => {
    const run = await work.plan();
    if (run.exitCode !== 2)
      throw new Error(`${name}: ${run.exitCode}\n${run.stdout}\n${run.stderr}`);
    await record(`${engine.name}-${name}`, await run.json());
  };
  await plan("created");
  succeeded(await work.apply());
  work.write({ "main.tf": CHANGED });
  await plan("changed");
  if (engine.name === "terraform") {
    work.write({ "main.tf": gone(found) });
    await plan("gone");
    work.write({ "main.tf": CREATED });
    const old = (await gitlab.variable(charts, "DEPLOY_TOKEN")) ?? "";
    await advance(gitlab, "P31D");
    await plan("due");
    succeeded(await work.apply());
    await record("terraform-state", await work.show());
    await advance(gitlab, "P4D");
    await gitlab.whoIs(old);
    await plan("revoked");
  }
  await gitlab.close();
}

async function recordPulumi(): Promise<void> {
  const engine = presentPulumi();
  if (engine === undefined) throw new Error("pulumi is not installed");
  const { gitlab, charts, found } = await platform();
  const work = await pulumiStack(engine, gitlab, program.created());
  const preview = async (name: string, args: readonly string[] = []) =>
    record(`pulumi-${name}`, await work.previewJson(args));
  await preview("created");
  succeeded(await work.up(["--parallel", "1"]));
  work.declare(program.changed());
  await preview("changed", ["--show-sames"]);
  work.declare(program.gone(found));
  await preview("gone", ["--show-sames"]);
  work.declare(program.created());
  const old = (await gitlab.variable(charts, "DEPLOY_TOKEN")) ?? "";
  await advance(gitlab, "P31D");
  await preview("due");
  succeeded(await work.up(["--parallel", "1"]));
  await record("pulumi-state", await work.state());
  await advance(gitlab, "P4D");
  await gitlab.whoIs(old);
  await preview("revoked");
  await gitlab.close();
}

/** What a review makes of each plan. */
async function recordReviews(): Promise<void> {
  for (const name of recordedPlans()) {
    const text = JSON.stringify(readPlan(recordedPlan(name), { today: TODAY }));
    writeFileSync(reviewFile(name), await format(text, { parser: "json" }));
  }
}

async function main(): Promise<void> {
  if (!process.argv.includes("--reviews")) {
    for (const engine of engines()) await recordTerraform(engine);
    await recordPulumi();
  }
  await recordReviews();
}

main()
  .catch((failure: unknown) => {
    console.error(failure);
    process.exitCode = 1;
  })
  .finally(() => {
    cleanUpWorkspaces();
    cleanUpPulumi();
    // The stand-in of a recording that failed is still open.
    process.exit();
  });
