import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runGlsa } from "../cli/run-glsa";
import { describeEnginesInTurn, NO_CHANGES, succeeded } from "../support/engine";
import { stack } from "../support/glsa";
import { usePlatform } from "../support/platform";

const platform = usePlatform();

const ACCOUNTS = `
locals {
  bots   = toset([for at in range(40) : "bot-\${at}"])
  groups = toset(["platform/apps", "platform/one", "platform/two", "platform/three"])
}
resource "glsa_service_account" "bot" {
  for_each = local.bots
  group    = "platform"
  username = each.key
}
`;
const APART = `
resource "glsa_membership" "groups" {
  for_each           = { for pair in setproduct(local.bots, local.groups) : join(" ", pair) => pair }
  service_account_id = glsa_service_account.bot[each.value[0]].id
  group              = each.value[1]
  role               = "developer"
}
resource "glsa_membership" "charts" {
  for_each           = local.bots
  service_account_id = glsa_service_account.bot[each.key].id
  project            = "platform/charts"
  role               = "reporter"
  expires_at         = "2099-01-31"
}
`;

/** Questions of GraphQL are none. */
async function written(): Promise<string[]> {
  return (await platform.gitlab.writes()).filter((line) => !line.endsWith("/api/graphql"));
}

describeEnginesInTurn("glsa memberships", (engine) => {
  test("moves 200 memberships into 40 objects and back without a write", async () => {
    const { gitlab, ids } = platform;
    for (const path of ["one", "two", "three"]) await gitlab.group(path, ids.platform);
    const work = stack(engine, gitlab, ACCOUNTS + APART);
    succeeded(await work.apply());
    await gitlab.forgetRequests();
    const regrouped = async (form: string, name: string) => {
      writeFileSync(join(work.folder, "state.json"), JSON.stringify(await work.show()));
      const parameters = ["memberships", form, "--state", "state.json", "--output", name];
      const run = await runGlsa(parameters, { cwd: work.folder });
      expect(run.code).toBe(0);
      return { stderr: run.stderr, code: readFileSync(join(work.folder, name), "utf8") };
    };
    const resourcesAlone = (code: string) => code.replace(/^(import|removed) \{[^]*?^\}\n*/gm, "");

    const there = await regrouped("--together", "together.tf");
    expect(there.stderr).toContain("200 objects become 40.");
    work.write({ "main.tf": ACCOUNTS });
    succeeded(await work.apply());
    expect(await written()).toEqual([]);
    work.write({ "together.tf": resourcesAlone(there.code) });
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);

    const back = await regrouped("--separate", "separate.tf");
    expect(back.stderr).toContain("40 objects become 200.");
    work.write({ "together.tf": "" });
    succeeded(await work.apply());
    expect(await written()).toEqual([]);
    work.write({ "separate.tf": resourcesAlone(back.code) });
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });
});
