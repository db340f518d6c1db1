import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { describeEnginesInTurn } from "../support/engine";
import { TestGitLab } from "../support/gitlab";

/** Not the synchronous form: the stand-in answers from this same process. */
const execute = promisify(execFile);
const REPOSITORY = resolve(__dirname, "../..");
const OF_THE_REPOSITORY = [
  "cdktf.json",
  "package.json",
  "tsconfig.json",
  "constructs",
  "examples",
  "src",
  "node_modules",
];

let folder: string;
let gitlab: TestGitLab;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "glsa-cdktf-"));
  for (const name of OF_THE_REPOSITORY) symlinkSync(join(REPOSITORY, name), join(folder, name));
  gitlab = await TestGitLab.start();
  const { apps } = await gitlab.platform();
  await gitlab.project("web", apps);
});

afterEach(async () => {
  await gitlab.close();
  rmSync(folder, { recursive: true, force: true });
});

describeEnginesInTurn("the cdktf command line, after glsa install", (engine) => {
  const run = async (command: string, ...parameters: string[]): Promise<string> => {
    const env = {
      ...process.env,
      HOME: folder,
      XDG_DATA_HOME: "",
      CHECKPOINT_DISABLE: "1",
      TF_CLI_CONFIG_FILE: "/dev/null",
      DISABLE_VERSION_CHECK: "1",
      CI: "true",
      TERRAFORM_BINARY_NAME: engine.binary,
      GITLAB_BASE_URL: gitlab.url,
      GITLAB_TOKEN: gitlab.token,
    };
    const { stdout } = await execute(command, parameters, {
      cwd: folder,
      env,
      maxBuffer: 64 << 20,
    });
    return stdout;
  };
  const cdktf = (...parameters: string[]) =>
    run(join(REPOSITORY, "node_modules/.bin/cdktf"), ...parameters);
  const usernames = async () =>
    (await gitlab.call<{ username: string }[]>("GET", "/service_accounts"))
      .map(({ username }) => username)
      .sort();

  test("synthesizes, shows, deploys and destroys the example", async () => {
    await run(process.execPath, join(REPOSITORY, "dist/bin/glsa.js"), "install");
    await cdktf("synth");
    // Otherwise it asks the provider's own host for checksums of other platforms, and there is no such host.
    const unlocked = "--skip-provider-lock";
    expect(await cdktf("diff", "platform", unlocked)).toContain("10 to add");
    await cdktf("deploy", "platform", "--auto-approve", unlocked);
    expect(await usernames()).toEqual(["platform-auditor", "platform-deployer", "web-bot"]);
    expect(await cdktf("diff", "platform", unlocked)).toContain("No changes");
    await cdktf("destroy", "platform", "--auto-approve", unlocked);
    await gitlab.control("POST", "purge");
    expect(await usernames()).toEqual(["platform-auditor"]);
  }, 300_000);
});
