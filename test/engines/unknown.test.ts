import { CHANGES, describeEachEngine, NO_CHANGES, succeeded } from "../support/engine";
import { stack } from "../support/glsa";
import { usePlatform } from "../support/platform";

const platform = usePlatform();

const ENGINE_ERROR = /inconsistent|invalid plan|bug in the provider/i;

/** A resource whose output is not known while it changes, and nothing else does. */
const late = (values: object, change: string) => `
resource "terraform_data" "late" {
  input            = ${JSON.stringify(values)}
  triggers_replace = "${change}"
}
locals {
  late = terraform_data.late.output
}
`;

const VALUES = {
  group: "platform",
  project: "platform/charts",
  username: "bot",
  name: "ci",
  role: "developer",
  scope: "read_api",
  every: "30d",
  keeper: "one",
  key: "LATE_TOKEN",
};

const EVERYTHING_LATE = `
resource "glsa_service_account" "bot" {
  group    = local.late.group
  username = local.late.username
}
resource "glsa_membership" "bot" {
  service_account_id = glsa_service_account.bot.id
  project            = local.late.project
  role               = local.late.role
}
resource "glsa_access_token" "bot" {
  service_account_id = glsa_service_account.bot.id
  name               = local.late.name
  scopes             = ["read_user", local.late.scope]
  rotation {
    every = local.late.every
  }
  keepers            = { late = local.late.keeper }
  deliver_to {
    ci_variable {
      project = local.late.project
      key     = local.late.key
    }
  }
}
`;

describeEachEngine("what is known only at apply", (engine) => {
  const value = async () => (await platform.gitlab.variable(platform.ids.charts, VALUES.key)) ?? "";

  test("is planned in place; the same value changes nothing, another one what it has to", async () => {
    const work = stack(engine, platform.gitlab, late(VALUES, "one") + EVERYTHING_LATE);
    succeeded(await work.apply());
    const first = await value();
    expect(await platform.gitlab.whoIs(first)).toBe("bot");
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);

    work.write({ "main.tf": late(VALUES, "two") + EVERYTHING_LATE });
    const plan = await work.plan();
    expect(plan.exitCode).toBe(CHANGES);
    const changes = (await plan.json()).resource_changes ?? [];
    const ours = changes.filter(({ type }) => type.startsWith("glsa_"));
    for (const { address, change } of ours) {
      expect({ address, actions: change.actions }).toEqual({ address, actions: ["update"] });
      expect(change.after?.["id"]).toBe(change.before?.["id"]);
    }
    const token = ours.find(({ type }) => type === "glsa_access_token")?.change;
    expect(token?.after_unknown).toMatchObject({ generation: true, rotation_reason: true });
    await platform.gitlab.forgetRequests();
    succeeded(await work.apply());
    expect(await platform.gitlab.writes()).toEqual([]);
    expect(await value()).toBe(first);
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);

    const changed = { ...VALUES, role: "maintainer", keeper: "two" };
    work.write({ "main.tf": late(changed, "three") + EVERYTHING_LATE });
    succeeded(await work.apply());
    expect(await value()).not.toBe(first);
    expect((await work.resource("glsa_access_token.bot"))?.values).toMatchObject({
      generation: 2,
      rotation_reason: 'keeper "late" changed',
    });
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });

  test("that turns out to need a replacement is refused before any request, by glsa's own error", async () => {
    const work = stack(engine, platform.gitlab, late(VALUES, "one") + EVERYTHING_LATE);
    succeeded(await work.apply());
    const moved = { ...VALUES, project: "platform/apps/web" };
    await platform.gitlab.call("POST", "/projects", {
      name: "web",
      path: "web",
      namespace_id: platform.ids.apps,
    });
    const declared = late(moved, "two") + EVERYTHING_LATE;
    const onlyPlace = declared.replace(/local\.late\.project(?=\s+key)/, '"platform/charts"');
    work.write({ "main.tf": onlyPlace });
    await platform.gitlab.forgetRequests();
    const { stdout, stderr, exitCode } = await work.apply();
    expect(exitCode).toBe(1);
    expect(stderr).toContain("[late-replacement]");
    expect(stdout + stderr).not.toMatch(ENGINE_ERROR);
    expect(await platform.gitlab.writes()).toEqual([]);
    const plan = await (await work.plan()).json();
    const change = plan.resource_changes?.find(({ type }) => type === "glsa_membership")?.change;
    expect(change?.actions).toEqual(["delete", "create"]);
    succeeded(await work.apply());

    // Without a refresh nothing tells the plan inside apply from another: both say what they can.
    work.write({ "main.tf": late(VALUES, "three") + EVERYTHING_LATE });
    const unread = await work.apply({ args: ["-refresh=false"] });
    expect(unread.exitCode).toBe(1);
    expect((unread.stdout + unread.stderr).replace(/\W+/g, " ")).toMatch(
      /is to be replaced and was not read before.*inconsistent final plan/,
    );
    succeeded(await work.apply({ args: ["-refresh=false"] }));
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });

  test("as a deferred data source, a date of today or a changing keeper ends in no engine error", async () => {
    await platform.gitlab.call("POST", `/groups/${platform.ids.platform}/service_accounts`, {
      name: "legacy",
      username: "legacy",
    });
    const module = `
data "glsa_service_account" "legacy" {
  group    = "platform"
  username = "legacy"
}
resource "glsa_membership" "charts" {
  service_account_id = data.glsa_service_account.legacy.id
  project            = "platform/charts"
  role               = "developer"
}
resource "glsa_access_token" "ci" {
  service_account_id = data.glsa_service_account.legacy.id
  name               = "ci"
  scopes             = ["read_api"]
  rotation {
    every = "30d"
  }
  deliver_to {
    ci_variable {
      project = "platform/charts"
      key     = "LATE_TOKEN"
    }
  }
}
resource "glsa_access_token" "dated" {
  service_account_id = data.glsa_service_account.legacy.id
  name               = "dated"
  scopes             = ["read_api"]
  expires_at         = formatdate("YYYY-MM-DD", timeadd(timestamp(), "2160h"))
  store_value        = true
}
resource "glsa_access_token" "kept" {
  service_account_id = data.glsa_service_account.legacy.id
  name               = "kept"
  scopes             = ["read_api"]
  expires_at         = formatdate("YYYY-MM-DD", timeadd(timestamp(), "2160h"))
  store_value        = true
  keepers            = { when = timestamp() }
  description        = "DESCRIPTION"
  lifecycle { ignore_changes = [expires_at] }
}
`;
    const required = `terraform {
  required_providers {
    glsa = { source = "glsa.internal/glsa/glsa" }
  }
}
`;
    const main = (change: string) => `${late({}, change)}
module "access" {
  source     = "./access"
  depends_on = [terraform_data.late]
}
`;
    const work = stack(engine, platform.gitlab, main("one"));
    work.write({ "access/main.tf": required + module });
    await work.init();
    succeeded(await work.apply());
    const first = await value();
    work.write({
      "main.tf": main("two"),
      "access/main.tf": required + module.replace("DESCRIPTION", "changed with it"),
    });
    const plan = await (await work.plan()).json();
    const actions = (plan.resource_changes ?? [])
      .filter(({ type }) => type.startsWith("glsa_") && type !== "glsa_service_account")
      .map(({ change }) => change.actions);
    expect(actions).toEqual([["update"], ["update"], ["update"], ["update"]]);
    succeeded(await work.apply());
    expect(await value()).toBe(first);
    const generations = (work.stateRaw()?.resources ?? [])
      .filter(({ type }) => type === "glsa_access_token")
      .map(({ name, instances }) => [name, instances[0]?.attributes["generation"]]);
    expect(Object.fromEntries(generations)).toEqual({ ci: 1, dated: 1, kept: 2 });
  });
});
