import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildSync } from "esbuild";
import { schemaProblems } from "../../constructs/pulumi/official/schema";
import { succeeded } from "../../support/engine";
import { cleanUpPulumi, describePulumi, startStack } from "../../support/pulumi";

const FRONT = resolve(__dirname, "../../../dist/pulumi.js");

const PROGRAM = `
const { AccountOwner, Delivery, Role, Rotation, Scope, ServiceAccount, useOfficialProvider } = require(${JSON.stringify(FRONT)});
useOfficialProvider();
const bot = new ServiceAccount("bot", { owner: AccountOwner.group("platform") });
bot.joinGroup("platform/apps", Role.DEVELOPER);
bot.joinProject("platform/charts", Role.MAINTAINER);
bot.addToken("ci", {
  scopes: [Scope.READ_API],
  rotation: Rotation.every("30d", { allowInPlaceRotation: true }),
  deliverTo: [Delivery.ciVariable({ project: "platform/charts", key: "TOKEN" })],
  storeValue: true,
});`;

interface Recorded {
  readonly type: string;
  readonly name?: string;
  readonly inputs: Record<string, unknown>;
  /** Names of the inputs that the engine is to encrypt. */
  readonly secrets?: readonly string[];
}

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "glsa-official-"));
  buildSync({
    entryPoints: [resolve(__dirname, "fixture/gitlab.ts")],
    outfile: join(folder, "plugin.js"),
    bundle: true,
    platform: "node",
    target: "node20.18",
    format: "cjs",
    external: ["@pulumi/*"],
    banner: { js: "#!/usr/bin/env node" },
  });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(cleanUpPulumi);

function recorded(): Recorded[] {
  const lines = readFileSync(join(folder, "recorded.jsonl"), "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line) as Recorded);
}

describePulumi("the constructs with the official provider's plugin", (engine) => {
  test("send it what its schema has, and keep the value secret", async () => {
    if (!existsSync(FRONT)) throw new Error("dist/ holds no constructs; run npm run build");
    const stack = await startStack(engine, PROGRAM, {
      plugin: { name: "gitlab", executable: join(folder, "plugin.js") },
      env: { RECORD_FOLDER: folder },
    });
    succeeded(await stack.up());

    const created = recorded().filter(({ name }) => name !== undefined);
    expect(created.flatMap(({ type, inputs }) => schemaProblems(type, inputs))).toEqual([]);
    const byName = Object.fromEntries(created.map(({ name, inputs }) => [name, inputs]));
    const numberOf = async (name: string) =>
      Number((await stack.resource(name))?.id?.split(":")[1]);
    const account = await numberOf("platform-bot");
    const token = await numberOf("platform-bot_ci");
    expect(byName).toMatchObject({
      "platform-bot": { group: "platform", username: "platform-bot", name: "platform-bot" },
      "platform-bot_group_platform__apps": { groupId: 34, userId: account },
      "platform-bot_project_platform__charts": { project: "platform/charts", userId: account },
      "platform-bot_ci": { rotationConfiguration: { expirationDays: 40, rotateBeforeDays: 10 } },
      project_platform__charts_TOKEN: { value: `made-up-value-${token}`, masked: true, raw: true },
    });
    expect(created).toHaveLength(5);
    expect(created.flatMap(({ secrets }) => secrets)).toEqual(["value"]);
    expect(stack.stateFile()).not.toContain(`made-up-value-${token}`);
    expect(await stack.changes()).toEqual({});
  }, 120_000);
});
