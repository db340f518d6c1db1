import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { cleanUpWorkspaces, describeEnginesInTurn, NO_CHANGES, succeeded } from "../support/engine";
import { TestGitLab } from "../support/gitlab";
import { stack } from "../support/glsa";

const EXAMPLE = readFileSync(resolve(__dirname, "../../examples/hcl/main.tf"), "utf8");

let gitlab: TestGitLab;

beforeEach(async () => {
  gitlab = await TestGitLab.start();
});

afterEach(async () => {
  cleanUpWorkspaces();
  await gitlab.close();
});

async function makePlatform(): Promise<number> {
  const { platform, apps } = await gitlab.platform();
  await gitlab.project("web", apps);
  return platform;
}

describeEnginesInTurn("the example stack", (engine) => {
  test.each(["administrator", "group Owner"])(
    "is applied, changed and destroyed with the token of a(n) %s",
    async (who) => {
      const platform = await makePlatform();
      const token = who === "administrator" ? gitlab.token : await gitlab.groupOwner(platform);
      const work = stack(engine, gitlab, EXAMPLE, {
        token,
      });
      work.write({ "provider.tf": "" });
      succeeded(await work.apply());
      expect((await work.plan()).exitCode).toBe(NO_CHANGES);
      const changed = EXAMPLE.replace('"maintainer"', '"developer"').replace(
        '"read_api", "write_repository"',
        '"read_api"',
      );
      work.write({ "main.tf": changed });
      succeeded(await work.apply());
      expect((await work.plan()).exitCode).toBe(NO_CHANGES);
      succeeded(await work.destroy());
      await gitlab.control("POST", "purge");
      const left = await gitlab.call<{ username: string }[]>("GET", "/service_accounts");
      // The auditor is declared with on_destroy = "disable".
      expect(left.map(({ username }) => username)).toEqual(["platform-auditor"]);
    },
  );
});
