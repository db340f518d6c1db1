import { describeEachEngine, NO_CHANGES, succeeded } from "../support/engine";
import { usePlatform } from "../support/platform";
import { stack } from "../support/glsa";

const platform = usePlatform();

const account = `
resource "glsa_service_account" "bot" {
  group    = "platform"
  username = "bot"
}
`;
const lasting = `
resource "glsa_access_token" "ci" {
  service_account_id = glsa_service_account.bot.id
  name       = "job"
  scopes     = ["api"]
  rotation {
    every = "30d"
  }
  deliver_to {
    ci_variable {
      project = "platform/charts"
      key     = "BOT_TOKEN"
    }
  }
}
`;
/** A provider that lives by the ephemeral token looks the account up. */
const ephemeral = `
ephemeral "glsa_access_token" "job" {
  service_account_id = glsa_service_account.bot.id
  name   = "job"
  scopes = ["api"]
}
provider "glsa" {
  alias = "job"
  stack = "job"
  token = ephemeral.glsa_access_token.job.value
}
data "glsa_service_account" "seen" {
  provider = glsa.job
  group    = "platform"
  username = "bot"
}
output "seen" {
  value = data.glsa_service_account.seen.user_id
}
`;

async function bot(): Promise<number> {
  const [found] = await platform.gitlab.accounts(platform.ids.platform);
  return found?.id ?? 0;
}

async function makeOwner(): Promise<void> {
  const settings = { allow_top_level_group_owners_to_create_service_accounts: true };
  await platform.gitlab.call("PUT", "/application/settings", settings);
  const membership = { user_id: await bot(), access_level: 50 };
  await platform.gitlab.call("POST", `/groups/${platform.ids.platform}/members`, membership);
}

describeEachEngine("an ephemeral token", (engine) => {
  test("works for the run that made it, and is gone when the run ends; neither plan nor state knows it", async () => {
    const work = stack(engine, platform.gitlab, account);
    succeeded(await work.apply());
    await makeOwner();
    work.write({ "main.tf": account + ephemeral });
    await platform.gitlab.forgetRequests();
    const plan = await work.plan();
    const writes = await platform.gitlab.writes();
    expect(writes.map((write) => write.split(" ")[0])).toEqual(["POST", "DELETE"]);
    succeeded(await work.apply());
    expect(await platform.gitlab.activeTokens(await bot())).toEqual([]);
    expect((await work.show()).values?.outputs?.["seen"]).toMatchObject({ value: await bot() });
    const seen = JSON.stringify(await plan.json()) + JSON.stringify(work.stateRaw()) + plan.stdout;
    expect(seen).not.toContain("glpat-");
  });

  test("that a killed run left is no stray, and ends by itself within two days", async () => {
    const work = stack(engine, platform.gitlab, account + lasting);
    succeeded(await work.apply());
    await makeOwner();
    work.write({ "main.tf": account + lasting + ephemeral });
    const cut = { kind: "status", status: 403, body: { message: "403 Forbidden" } };
    await platform.gitlab.control("POST", "faults", {
      faults: [
        {
          route: "DELETE /groups/:id/service_accounts/:user_id/personal_access_tokens/:token_id",
          times: 99,
          effect: cut,
        },
      ],
    });
    const run = succeeded(await work.apply());
    expect(run.stdout).toContain("is still active");
    await platform.gitlab.control("DELETE", "faults");
    work.write({ "main.tf": account + lasting });
    const left = await platform.gitlab.activeTokens(await bot());
    expect(left.length).toBeGreaterThan(1);
    succeeded(await work.apply());
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
    await platform.gitlab.control("POST", "clock", { advance: "P2D" });
    expect(await platform.gitlab.activeTokens(await bot())).toHaveLength(1);
  });

  test("of an account that is not there is refused with its reason", async () => {
    const missing = ephemeral.replace("glsa_service_account.bot.id", '"group:2:99"');
    const plan = await stack(engine, platform.gitlab, missing).plan();
    expect(plan.exitCode).toBe(1);
    expect(plan.stderr).toContain('Cannot create ephemeral token "job" of group:2:99');
  });
});
