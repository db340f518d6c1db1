import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildSync } from "esbuild";
import type { PulumiEngine } from "../../examples/demo/pulumi-engine";
import { succeeded } from "../support/engine";
import { TestGitLab } from "../support/gitlab";
import { cleanUpPulumi, pulumiStack, startStack, type PulumiStack } from "../support/pulumi";

const MEMBERSHIPS = 8;

/** In turns, and the fastest counts: a machine is rarely quiet for long. */
const ROUNDS = 3;

export interface PreviewCost {
  readonly seconds: number;
  readonly trivialSeconds: number;
  readonly requests: number;
}

/** A preview of so many unchanged objects, and of as many of a resource that costs nothing, on the same host. */
export async function previewCost(engine: PulumiEngine, objects: number): Promise<PreviewCost> {
  const gitlab = await TestGitLab.start();
  const folder = mkdtempSync(join(tmpdir(), "glsa-bench-"));
  try {
    const stack = await pulumiStack(engine, gitlab, await program(gitlab, objects));
    const trivial = await trivialStack(engine, folder, objects);
    succeeded(await stack.up());
    succeeded(await trivial.up());
    await gitlab.forgetRequests();
    await previewSeconds(stack);
    const requests = (await gitlab.requests()).total;
    const seconds: number[] = [];
    const trivialSeconds: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      seconds.push(await previewSeconds(stack));
      trivialSeconds.push(await previewSeconds(trivial));
    }
    return { seconds: Math.min(...seconds), trivialSeconds: Math.min(...trivialSeconds), requests };
  } finally {
    cleanUpPulumi();
    await gitlab.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Accounts of one group, each with a token and memberships in projects. */
async function program(gitlab: TestGitLab, objects: number): Promise<string> {
  const group = await gitlab.group("platform");
  for (let at = 0; at < MEMBERSHIPS; at++) await gitlab.project(`p${at}`, group);
  return `
for (let index = 0; index < ${objects / (MEMBERSHIPS + 2)}; index++) {
  const bot = account("bot-" + index, { group: "platform", username: "bot-" + index });
  token("token-" + index, {
    serviceAccountId: bot.id, name: "ci", scopes: ["read_api"], rotation: { every: "30d" }, storeValue: true,
  });
  for (let at = 0; at < ${MEMBERSHIPS}; at++) {
    membership("p" + at + "-" + index, { serviceAccountId: bot.id, project: "platform/p" + at, role: "developer" });
  }
}`;
}

async function trivialStack(
  engine: PulumiEngine,
  folder: string,
  objects: number,
): Promise<PulumiStack> {
  const executable = join(folder, "provider.js");
  buildSync({
    entryPoints: [resolve(__dirname, "trivial-provider.ts")],
    outfile: executable,
    bundle: true,
    platform: "node",
    format: "cjs",
    banner: { js: "#!/usr/bin/env node" },
  });
  const things = `
const pulumi = require("@pulumi/pulumi");
for (let index = 0; index < ${objects}; index++) {
  new pulumi.CustomResource("trivial:index:Thing", "thing-" + index, { name: "thing-" + index });
}`;
  return startStack(engine, things, { plugin: { name: "trivial", executable } });
}

async function previewSeconds(stack: PulumiStack): Promise<number> {
  const start = performance.now();
  succeeded(await stack.run(["preview", "--expect-no-changes"]));
  return (performance.now() - start) / 1000;
}
