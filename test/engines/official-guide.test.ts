import { readFileSync } from "node:fs";
import { describeEachEngine, succeeded, workspace } from "../support/engine";
import { stack } from "../support/glsa";
import { usePlatform } from "../support/platform";
import { installedOfficial, officialState, removeOfficial } from "../support/official";

/* What the guides tell to type, on the engines; what the official provider would do is left to a stand-in that does nothing. */

const platform = usePlatform();

afterAll(removeOfficial);

const REQUIRED = `terraform {
  required_providers {
    gitlab = { source = "gitlabhq/gitlab" }
  }
}
`;
const CI = `
resource "gitlab_group_service_account_access_token" "ci" {
  group   = "12"
  user_id = 345
  name    = "ci"
  scopes  = ["api"]
}
resource "gitlab_project_variable" "ci" {
  project = "34"
  key     = "TOKEN"
  value   = gitlab_group_service_account_access_token.ci.token
}
`;
const removed = (address: string) =>
  `removed {\n  from = ${address}\n  lifecycle {\n    destroy = false\n  }\n}\n`;

const VARIABLE = { project: "34", value: "old" };
const STATE = [
  ...["a", "b"].map(
    (key) =>
      [`gitlab_project_variable.all["${key}"]`, { ...VARIABLE, id: `34:${key}`, key }] as const,
  ),
  ["gitlab_project_variable.ci", { ...VARIABLE, id: "34:TOKEN", key: "TOKEN" }] as const,
  [
    "gitlab_group_service_account_access_token.ci",
    { id: "12:345:6", group: "12", user_id: 345, name: "ci", scopes: ["api"], token: "old" },
  ] as const,
];

const GLSAS = `
resource "glsa_service_account" "bot" {
  group    = "platform"
  username = "bot"
}
resource "glsa_access_token" "ci" {
  service_account_id = glsa_service_account.bot.id
  name               = "ci"
  scopes             = ["read_api"]
  rotation {
    every = "30d"
  }
  deliver_to {
    ci_variable {
      project = "platform/charts"
      key     = "TOKEN"
    }
  }
}
resource "glsa_membership" "charts" {
  service_account_id = glsa_service_account.bot.id
  project            = "platform/charts"
  role               = "developer"
}
`;

describeEachEngine("the guides' commands", (engine) => {
  test("let go of variables with keys, and make an expired token anew with its variable", async () => {
    const guides = ["migrate", "official-provider"].map((name) =>
      readFileSync(`docs/${name}.md`, "utf8"),
    );
    expect(guides[0]).toContain(`terraform state rm 'gitlab_project_variable.all["a"]'`);
    expect(guides[1]).toContain("terraform state rm ADDRESS");
    const work = workspace(
      engine,
      {
        "terraform.tfstate": officialState(engine, STATE),
        "main.tf": REQUIRED + CI + removed('gitlab_project_variable.all["a"]'),
      },
      { provider: installedOfficial(engine), override: true },
    );
    const keyed = await work.plan();
    expect(keyed.exitCode).toBe(1);
    expect(keyed.stderr).toMatch(/instance keys|must not include|Resource instance/i);

    const actions = async () => {
      const changes = (await (await work.plan()).json()).resource_changes ?? [];
      const told = changes.map(({ address, change }) => [address, change.actions.join()]);
      return Object.fromEntries(told) as Record<string, string>;
    };
    work.write({ "main.tf": REQUIRED + CI + removed("gitlab_project_variable.all") });
    succeeded(await work.run(["state", "rm", 'gitlab_project_variable.all["a"]']));
    expect(await actions()).toMatchObject({ 'gitlab_project_variable.all["b"]': "forget" });
    succeeded(await work.run(["state", "rm", "gitlab_group_service_account_access_token.ci"]));
    expect(await actions()).toMatchObject({
      "gitlab_group_service_account_access_token.ci": "create",
      "gitlab_project_variable.ci": "update",
    });
  });

  test("let go of glsa's objects on the way back: everything goes on as it is in GitLab", async () => {
    const { gitlab, ids } = platform;
    const work = stack(engine, gitlab, GLSAS);
    succeeded(await work.apply());
    const [bot] = await gitlab.accounts(ids.platform);
    const [token] = await gitlab.activeTokens(bot?.id ?? 0);
    const objects = ["service_account.bot", "access_token.ci", "membership.charts"];
    work.write({ "main.tf": objects.map((each) => removed(`glsa_${each}`)).join("\n") });
    await gitlab.forgetRequests();
    succeeded(await work.apply());
    expect(await gitlab.writes()).toEqual([]);
    expect(await gitlab.activeTokens(bot?.id ?? 0)).toEqual([token]);
    expect(await gitlab.variable(ids.charts, "TOKEN")).toMatch(/^glpat-/);
    expect(succeeded(await work.run(["state", "list"])).stdout.trim()).toBe("");
  });
});
