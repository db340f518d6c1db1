import { describeEnginesInTurn, NO_CHANGES, succeeded } from "../support/engine";
import { stack } from "../support/glsa";
import { usePlatform } from "../support/platform";
import { flat } from "../support/rotating-token";

const platform = usePlatform();

const declared = `
resource "glsa_service_account" "deployer" {
  group    = "platform"
  username = terraform.workspace == "own" ? "own-deployer" : "deployer"
}
resource "glsa_access_token" "ci" {
  service_account_id = glsa_service_account.deployer.id
  name               = "ci"
  scopes             = ["read_api"]
  rotation {
    every   = "5d"
    overlap = "1d"
  }
  deliver_to {
    ci_variable {
      project           = "platform/charts"
      key               = "TOKEN"
      environment_scope = terraform.workspace
    }
  }
}
`;

/** The user that a workspace's consumer acts as. */
async function consumer(workspace: string): Promise<string | undefined> {
  const query = `filter[environment_scope]=${workspace}`;
  const path = `/projects/${platform.ids.charts}/variables/TOKEN?${query}`;
  const { value } = await platform.gitlab.call<{ value: string }>("GET", path);
  return platform.gitlab.whoIs(value);
}

describeEnginesInTurn("two workspaces with one stack", (engine) => {
  test("do not take each other's account or tokens, and go on side by side once each has its own", async () => {
    const work = stack(engine, platform.gitlab, declared);
    succeeded(await work.apply());
    succeeded(await work.run(["workspace", "new", "production"]));
    const refused = await work.apply();
    expect(refused.exitCode).toBe(1);
    expect(flat(refused.stderr)).toContain("tokens that another state of this stack created");
    expect(flat(refused.stderr)).toContain("[account-exists]");

    // Imported all the same, two states manage one account, and still nobody is locked out.
    const [account] = await platform.gitlab.accounts(platform.ids.platform);
    const id = `group:${platform.ids.platform}:${account?.id}`;
    succeeded(await work.import("glsa_service_account.deployer", id));
    for (let night = 0; night < 3; night++) {
      for (const workspace of ["default", "production"]) {
        const applied = succeeded(await work.apply({ env: { TF_WORKSPACE: workspace } }));
        if (night > 0) expect(flat(applied.stdout)).toContain("[token-of-another-state]");
      }
      expect([await consumer("default"), await consumer("production")]).toEqual([
        "deployer",
        "deployer",
      ]);
      await platform.gitlab.control("POST", "clock", { advance: "P6D" });
    }

    succeeded(await work.run(["workspace", "new", "own"]));
    succeeded(await work.apply());
    expect(await consumer("own")).toBe("own-deployer");
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  }, 120_000);
});
