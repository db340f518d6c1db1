import { readFileSync } from "node:fs";
import { LocalWorkspace } from "@pulumi/pulumi/automation";
import { declarePlatform } from "../../examples/pulumi/platform";
import { succeeded } from "../support/engine";
import { TestGitLab } from "../support/gitlab";
import { describePulumi } from "../support/pulumi";
import { PulumiProject } from "../support/pulumi-project";

const USERNAMES = ["platform-auditor", "platform-deployer", "web-bot"];

let gitlab: TestGitLab;
let project: PulumiProject | undefined;

beforeEach(async () => {
  gitlab = await TestGitLab.start();
  const { apps } = await gitlab.platform();
  await gitlab.project("web", apps);
});

const { PATH } = process.env;

afterEach(async () => {
  process.env["PATH"] = PATH;
  project?.cleanUp();
  project = undefined;
  await gitlab.close();
});

const usernames = async () =>
  (await gitlab.call<{ username: string }[]>("GET", "/service_accounts"))
    .map(({ username }) => username)
    .sort();

/** The calls that declare something, without what only one of the engines wants. */
function calls(path: string): string {
  const program = readFileSync(path, "utf8");
  return program
    .slice(program.indexOf("addDeployer();"))
    .replaceAll("new ServiceAccount(this, ", "new ServiceAccount(")
    .replace(/\b(private|function|this\.)\s*/g, "")
    .replace(/[\s{}]+/g, " ");
}

test("the example makes the same calls as the one for CDKTF, word for word", () => {
  const pulumi = calls("examples/pulumi/platform.ts");

  expect(pulumi).toContain("deployer.joinProject(");
  expect(pulumi).toBe(calls("examples/cdktf/platform-stack.ts"));
});

describePulumi("the example on Pulumi", (engine) => {
  test("is previewed, made and removed by the command line; in between there is nothing to do", async () => {
    project = new PulumiProject(engine, gitlab);
    succeeded(await project.pulumi("stack", "init", "dev"));
    expect(succeeded(await project.pulumi("preview")).stdout).toContain("22 to create");
    expect(await usernames()).toEqual([]);
    const made = succeeded(await project.pulumi("up", "--yes"));
    expect(made.stdout + made.stderr).not.toContain("warning");
    expect(await usernames()).toEqual(USERNAMES);
    succeeded(await project.pulumi("preview", "--expect-no-changes"));
    succeeded(await project.pulumi("preview", "--refresh", "--expect-no-changes"));
    succeeded(await project.pulumi("destroy", "--yes"));
    await gitlab.control("POST", "purge");
    expect(await usernames()).toEqual(["platform-auditor"]);
  }, 180_000);

  test("runs inside of a program through the Automation API", async () => {
    project = new PulumiProject(engine, gitlab);
    // Its commands are looked for on this process's own PATH.
    process.env["PATH"] = engine.path;
    const stack = await LocalWorkspace.createStack(
      {
        stackName: "dev",
        projectName: "platform",
        program: () => Promise.resolve(declarePlatform()),
      },
      { workDir: project.folder, envVars: project.environment() },
    );
    const made = await stack.up();
    expect(made.summary.resourceChanges).toEqual({ create: 22 });
    expect(await usernames()).toEqual(USERNAMES);
    expect((await stack.preview()).changeSummary).toEqual({ same: 22 });
    expect((await stack.destroy()).summary.result).toBe("succeeded");
  }, 180_000);
});
