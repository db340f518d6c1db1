import { execFile, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { PULUMI_MODULE } from "../../../examples/demo/pulumi-engine";
import { cacheFolder } from "../../strangers/program";
import { succeeded } from "../../support/engine";
import { TestGitLab } from "../../support/gitlab";
import { cleanUpPulumi, describePulumi, pulumiStack } from "../../support/pulumi";

const execute = promisify(execFile);
const REPOSITORY = resolve(__dirname, "../../..");
const goIsThere = spawnSync("go", ["version"]).status === 0;
const generator = join(cacheFolder, `pulumi-sdk-${PULUMI_MODULE.version}`);

/** The first time, modules are fetched and compiled. */
const BUILD_TIME = 600_000;

let gitlab: TestGitLab;

beforeEach(async () => {
  gitlab = await TestGitLab.start();
  await gitlab.platform();
});

afterEach(async () => {
  cleanUpPulumi();
  await gitlab.close();
});

/** `pulumi package gen-sdk` asks a language's host for it, and those that can do it are no Go modules. */
async function buildGenerator(): Promise<void> {
  if (existsSync(generator)) return;
  const source = mkdtempSync(join(tmpdir(), "glsa-sdk-generator-"));
  const { module, version } = PULUMI_MODULE;
  const lines = ["module glsa.internal/sdk-generator", "go 1.24", `require ${module} v${version}`];
  try {
    writeFileSync(join(source, "go.mod"), `${lines.join("\n")}\n`);
    copyFileSync(join(__dirname, "../sdk-generator/main.go"), join(source, "main.go"));
    await execute("go", ["build", "-mod=mod", "-o", generator, "."], { cwd: source });
  } finally {
    rmSync(source, { recursive: true, force: true });
  }
}

function generate(schema: string, folder: string): Promise<unknown> {
  const running = execute(generator, [folder]);
  running.child.stdin?.end(schema);
  return running;
}

const PROGRAM = `
const glsa = require("./sdk/nodejs/bin");
const account = new glsa.ServiceAccount("bot", { group: "platform", username: "bot" });
new glsa.Membership("charts", { serviceAccountId: account.id, project: "platform/charts", role: "developer" });
exports.userId = glsa.getServiceAccountOutput({ group: "platform", username: account.username }).userId;
`;

describePulumi("the schema", (engine) => {
  const withGo = goIsThere ? test : test.skip;

  withGo(
    "makes SDKs with Pulumi's own generators: Python's compiles, and a program runs with Node's",
    async () => {
      await buildGenerator();
      const stack = await pulumiStack(engine, gitlab, "");
      const provider = "./plugin/pulumi-resource-glsa";
      const schema = succeeded(await stack.run(["package", "get-schema", provider])).stdout;
      const sdk = join(stack.folder, "sdk");
      await generate(schema, sdk);

      await execute("python3", ["-m", "compileall", "-q", "."], { cwd: join(sdk, "python") });
      const node = join(sdk, "nodejs");
      symlinkSync(join(REPOSITORY, "node_modules"), join(node, "node_modules"));
      await execute(join(REPOSITORY, "node_modules/.bin/tsc"), ["-p", "."], { cwd: node });
      copyFileSync(join(node, "package.json"), join(node, "bin/package.json"));
      stack.write({ "index.js": PROGRAM });
      succeeded(await stack.up());
      const [account] = await gitlab.call<{ id: number; username: string }[]>(
        "GET",
        "/service_accounts",
      );
      expect(account?.username).toBe("bot");
      const { deployment } = await stack.state();
      expect(deployment.resources?.[0]?.outputs).toEqual({ userId: account?.id });
      expect(await stack.changes()).toEqual({});
    },
    BUILD_TIME,
  );
});
