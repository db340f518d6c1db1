import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describeEachEngine } from "../support/engine";
import { inDays, TestGitLab } from "../support/gitlab";

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

describeEachEngine("the cdktf command line, after glsa install", (engine) => {
  const run = (command: string, ...parameters: string[]): string => {
    const env = {
      ...process.env,
      HOME: folder,
      XDG_DATA_HOME: "",
      CHECKPOINT_DISABLE: "1",
      DISABLE_VERSION_CHECK: "1",
      CI: "true",
      TERRAFORM_BINARY_NAME: engine.binary,
      GITLAB_BASE_URL: gitlab.url,
      GITLAB_TOKEN: gitlab.token,
      TOKEN_EXPIRES_AT: inDays(200),
    };
    const done = spawnSync(command, parameters, { cwd: folder, env, encoding: "utf8" });
    if (done.status === 0) return done.stdout;
    throw new Error(
      `${command} ${parameters.join(" ")} ended with ${done.status}\n${done.stdout}${done.stderr}`,
    );
  };
  const cdktf = (...parameters: string[]) =>
    run(join(REPOSITORY, "node_modules/.bin/cdktf"), ...parameters);
  const usernames = async () =>
    (await gitlab.call<{ username: string }[]>("GET", "/service_accounts"))
      .map(({ username }) => username)
      .sort();

  test("synthesizes, shows, deploys and destroys the example", async () => {
    run(process.execPath, join(REPOSITORY, "dist/bin/glsa.js"), "install");
    cdktf("synth");
    expect(cdktf("diff", "platform")).toContain("11 to add");
    cdktf("deploy", "platform", "--auto-approve");
    expect(await usernames()).toEqual(["platform-auditor", "platform-deployer", "web-bot"]);
    expect(cdktf("diff", "platform")).toContain("No changes");
    cdktf("destroy", "platform", "--auto-approve");
    await gitlab.control("POST", "purge");
    expect(await usernames()).toEqual(["platform-auditor"]);
  }, 300_000);
});
