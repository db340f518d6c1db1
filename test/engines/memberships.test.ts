import {
  describeEachEngine,
  describeEnginesInTurn,
  NO_CHANGES,
  succeeded,
  type Workspace,
} from "../support/engine";
import { usePlatform } from "../support/platform";
import { stack } from "../support/glsa";

const platform = usePlatform();

const ACCOUNT = `
resource "glsa_service_account" "bot" {
  group    = "platform"
  username = "bot"
}
`;

const memberships = (blocks: string) => `
resource "glsa_memberships" "bot" {
  service_account_id = glsa_service_account.bot.id
  ${blocks}
}
`;

const block = (kind: string, path: string, role: string, label = path) =>
  `${kind} "${label}" {\npath = "${path}"\nrole = "${role}"\n}\n`;

async function rolesOf(user = "bot"): Promise<Record<string, number | undefined>> {
  const { gitlab, ids } = platform;
  return {
    platform: (await gitlab.member("groups", ids.platform, user))?.access_level,
    apps: (await gitlab.member("groups", ids.apps, user))?.access_level,
    charts: (await gitlab.member("projects", ids.charts, user))?.access_level,
  };
}

async function userId(): Promise<number> {
  const [bot] = await platform.gitlab.accounts(platform.ids.platform);
  return bot?.id ?? 0;
}

/** Questions of GraphQL are none. */
async function written(): Promise<string[]> {
  return (await platform.gitlab.writes()).filter((line) => !line.endsWith("/api/graphql"));
}

async function change(work: Workspace) {
  const plan = await (await work.plan()).json();
  return plan.resource_changes?.find(({ type }) => type === "glsa_memberships")?.change;
}

describeEachEngine("all memberships of an account", (engine) => {
  test("are one object, of which one entry is added, changed and removed in place", async () => {
    const { gitlab } = platform;
    const two =
      block("group", "platform/apps", "developer") +
      block("project", "platform/charts", "Reporter", "charts");
    const work = stack(engine, gitlab, ACCOUNT + memberships(two));
    succeeded(await work.apply());
    expect(await rolesOf()).toEqual({ platform: undefined, apps: 30, charts: 20 });
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);

    const label = "the charts";
    const renamed =
      block("group", "/Platform/Apps", "maintainer", "platform/apps") +
      block("project", "platform/charts", "reporter", label) +
      block("group", "platform", "guest");
    work.write({ "main.tf": ACCOUNT + memberships(renamed) });
    await gitlab.forgetRequests();
    succeeded(await work.apply());
    expect(await rolesOf()).toEqual({ platform: 10, apps: 40, charts: 20 });
    expect((await written()).map((line) => line.split(" ")[0])).toEqual(["POST", "PUT"]);
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);

    work.write({ "main.tf": ACCOUNT + memberships(block("group", "platform", "guest")) });
    succeeded(await work.apply());
    expect(await rolesOf()).toEqual({ platform: 10, apps: undefined, charts: undefined });
    work.write({ "main.tf": ACCOUNT });
    succeeded(await work.apply());
    expect(await rolesOf()).toEqual({ platform: undefined, apps: undefined, charts: undefined });
  });

  test("take paths and blocks that are known only when they are applied", async () => {
    const late = `
resource "terraform_data" "path" {
  input = "platform/apps"
}
${memberships(`
  group "late" {
    path = terraform_data.path.output
    role = "developer"
  }
  dynamic "project" {
    for_each = { charts = "platform/charts" }
    labels   = [project.key]
    content {
      path = terraform_data.path.output == "" ? "" : project.value
      role = "guest"
    }
  }
`)}`;
    const work = stack(engine, platform.gitlab, ACCOUNT + late);
    succeeded(await work.apply());
    expect(await rolesOf()).toEqual({ platform: undefined, apps: 30, charts: 10 });
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });
});

describeEnginesInTurn("memberships of an account together", (engine) => {
  test("that are exclusive show what is not declared by place and role, and remove it", async () => {
    const { gitlab, ids } = platform;
    const exclusive = `exclusive = true\n${block("group", "platform/apps", "developer")}`;
    const work = stack(engine, gitlab, ACCOUNT + memberships(exclusive));
    succeeded(await work.apply());
    await gitlab.call("POST", `/projects/${ids.charts}/members`, {
      user_id: await userId(),
      access_level: 40,
    });
    expect(await change(work)).toMatchObject({
      actions: ["update"],
      before: { project: { "platform/charts": { path: "platform/charts", role: "maintainer" } } },
      after: { project: {} },
    });
    succeeded(await work.apply());
    expect(await rolesOf()).toEqual({ platform: undefined, apps: 30, charts: undefined });
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });

  test("are moved here from single ones, imported and moved back without a write", async () => {
    const { gitlab } = platform;
    const single = (name: string, place: string) =>
      `resource "glsa_membership" "${name}" {\nservice_account_id = glsa_service_account.bot.id\n${place}\n}\n`;
    const apart =
      single("apps", 'group = "platform/apps"\nrole = "developer"') +
      single("charts", 'project = "platform/charts"\nrole = "reporter"');
    const together = memberships(
      block("group", "platform/apps", "developer", "a") +
        block("project", "platform/charts", "reporter", "c"),
    );
    const work = stack(engine, gitlab, ACCOUNT + apart);
    succeeded(await work.apply());
    const id = await userId();
    const removed = ["apps", "charts"]
      .map(
        (name) => `removed {\nfrom = glsa_membership.${name}\nlifecycle {\ndestroy = false\n}\n}\n`,
      )
      .join("");
    const importing = `import {\nto = glsa_memberships.bot\nid = "user:${id}"\n}\n`;
    work.write({ "main.tf": ACCOUNT + together + removed + importing });
    await gitlab.forgetRequests();
    succeeded(await work.apply());
    expect(await written()).toEqual([]);
    work.write({ "main.tf": ACCOUNT + together });
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);

    const back =
      "removed {\nfrom = glsa_memberships.bot\nlifecycle {\ndestroy = false\n}\n}\n" +
      `import {\nto = glsa_membership.apps\nid = "group:platform/apps:${id}"\n}\n` +
      `import {\nto = glsa_membership.charts\nid = "project:platform/charts:${id}"\n}\n`;
    work.write({ "main.tf": ACCOUNT + apart + back });
    succeeded(await work.apply());
    expect(await written()).toEqual([]);

    const moved =
      "moved {\nfrom = glsa_membership.apps\nto = glsa_memberships.bot\n}\n" +
      "removed {\nfrom = glsa_membership.charts\nlifecycle {\ndestroy = false\n}\n}\n";
    work.write({ "main.tf": ACCOUNT + together + moved });
    succeeded(await work.apply());
    expect(await written()).toEqual([]);
    work.write({ "main.tf": ACCOUNT + together });
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);

    work.write({
      "main.tf": ACCOUNT + together + single("more", 'group = "platform"\nrole = "guest"'),
    });
    const refused = await work.plan();
    expect(refused.stdout + refused.stderr).toContain("declared-both-ways");
  });
});
