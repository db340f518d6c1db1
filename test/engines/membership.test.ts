import { describeEnginesInTurn, NO_CHANGES, succeeded } from "../support/engine";
import { inDays } from "../support/gitlab";
import { usePlatform } from "../support/platform";
import { stack } from "../support/glsa";

const platform = usePlatform();

const ACCOUNT = `
resource "glsa_service_account" "bot" {
  group    = "platform"
  username = "bot"
}
`;

const membership = (place: string, attributes: string, name = "bot") => `
resource "glsa_membership" "${name}" {
  service_account_id = glsa_service_account.bot.id
  ${place}
  ${attributes}
}
`;
const IN_CHARTS = 'project = "platform/charts"';

describeEnginesInTurn("a membership", (engine) => {
  test("in a group, subgroup and project is created, imported and destroyed", async () => {
    const declared =
      ACCOUNT +
      membership('group = "platform"', 'role = "guest"', "group") +
      membership('group = "platform/apps"', 'role = "REPORTER"', "subgroup") +
      membership(IN_CHARTS, 'role = "maintainer"', "project");
    const work = stack(engine, platform.gitlab, declared);
    succeeded(await work.apply());
    expect(
      (await platform.gitlab.member("groups", platform.ids.platform, "bot"))?.access_level,
    ).toBe(10);
    expect((await platform.gitlab.member("groups", platform.ids.apps, "bot"))?.access_level).toBe(
      20,
    );
    expect(
      (await platform.gitlab.member("projects", platform.ids.charts, "bot"))?.access_level,
    ).toBe(40);
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);

    const { values } = (await work.resource("glsa_membership.project")) ?? {};
    succeeded(await work.run(["state", "rm", "glsa_membership.project"]));
    succeeded(await work.import("glsa_membership.project", String(values?.["id"])));
    await platform.gitlab.forgetRequests();
    succeeded(await work.apply());
    expect(await platform.gitlab.writes()).toEqual([]);
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);

    work.write({ "main.tf": ACCOUNT });
    succeeded(await work.apply());
    expect(await platform.gitlab.member("projects", platform.ids.charts, "bot")).toBeUndefined();
    expect(await platform.gitlab.accounts(platform.ids.platform)).toHaveLength(1);
  });

  test("changes its role with one PUT, and its expiry travels along", async () => {
    const expiry = `expires_at = "${inDays(30)}"`;
    const work = stack(
      engine,
      platform.gitlab,
      ACCOUNT + membership(IN_CHARTS, `role = "developer"\n${expiry}`),
    );
    succeeded(await work.apply());
    work.write({ "main.tf": ACCOUNT + membership(IN_CHARTS, `role = "maintainer"\n${expiry}`) });
    await platform.gitlab.forgetRequests();
    succeeded(await work.apply());
    expect(await platform.gitlab.writes()).toEqual([
      expect.stringMatching(/^PUT .*\/members\/\d+$/),
    ]);
    expect(await platform.gitlab.member("projects", platform.ids.charts, "bot")).toMatchObject({
      access_level: 40,
      expires_at: inDays(30),
    });
    work.write({ "main.tf": ACCOUNT + membership(IN_CHARTS, 'role = "maintainer"') });
    succeeded(await work.apply());
    expect(
      (await platform.gitlab.member("projects", platform.ids.charts, "bot"))?.expires_at,
    ).toBeNull();
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });

  test("that was changed or removed by hand is put right", async () => {
    const work = stack(
      engine,
      platform.gitlab,
      ACCOUNT + membership(IN_CHARTS, 'role = "developer"'),
    );
    succeeded(await work.apply());
    const member = await platform.gitlab.member("projects", platform.ids.charts, "bot");
    await platform.gitlab.call("PUT", `/projects/${platform.ids.charts}/members/${member?.id}`, {
      access_level: 40,
    });
    const plan = await (await work.plan()).json();
    const change = plan.resource_changes?.find(({ type }) => type === "glsa_membership")?.change;
    expect(change).toMatchObject({
      actions: ["update"],
      before: { role: "maintainer" },
      after: { role: "developer" },
    });
    succeeded(await work.apply());
    expect(
      (await platform.gitlab.member("projects", platform.ids.charts, "bot"))?.access_level,
    ).toBe(30);

    await platform.gitlab.call("DELETE", `/projects/${platform.ids.charts}/members/${member?.id}`);
    succeeded(await work.apply());
    expect(
      (await platform.gitlab.member("projects", platform.ids.charts, "bot"))?.access_level,
    ).toBe(30);
  });

  test("that exists already is adopted and told with the role it had", async () => {
    const work = stack(engine, platform.gitlab, ACCOUNT);
    succeeded(await work.apply());
    const [bot] = await platform.gitlab.accounts(platform.ids.platform);
    await platform.gitlab.call("POST", `/projects/${platform.ids.charts}/members`, {
      user_id: bot?.id,
      access_level: 20,
    });
    work.write({ "main.tf": ACCOUNT + membership(IN_CHARTS, 'role = "developer"') });
    expect((await work.plan()).stdout).toContain("with the role reporter, which will change");
    succeeded(await work.apply());
    expect(
      (await platform.gitlab.member("projects", platform.ids.charts, "bot"))?.access_level,
    ).toBe(30);
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });

  test("carries a custom role with its base role, and keeps it through another change", async () => {
    const role = await platform.gitlab.call<{ id: number }>("POST", "/member_roles", {
      name: "reader",
      base_access_level: 10,
      read_code: true,
    });
    const custom = `custom_role_id = ${role.id}`;
    const work = stack(
      engine,
      platform.gitlab,
      ACCOUNT + membership(IN_CHARTS, `role = "guest"\n${custom}`),
    );
    succeeded(await work.apply());
    const changed = `role = "guest"\n${custom}\nexpires_at = "${inDays(20)}"`;
    work.write({ "main.tf": ACCOUNT + membership(IN_CHARTS, changed) });
    succeeded(await work.apply());
    expect(await platform.gitlab.member("projects", platform.ids.charts, "bot")).toMatchObject({
      expires_at: inDays(20),
      member_role: { id: role.id },
    });
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });

  test("that has run out stays as expired instead of coming back every night", async () => {
    const declared = `role = "developer"\nexpires_at = "${inDays(5)}"`;
    const work = stack(engine, platform.gitlab, ACCOUNT + membership(IN_CHARTS, declared));
    succeeded(await work.apply());
    await platform.gitlab.control("POST", "clock", { advance: "P6D" });
    const member = await platform.gitlab.member("projects", platform.ids.charts, "bot");
    if (member !== undefined)
      await platform.gitlab.call("DELETE", `/projects/${platform.ids.charts}/members/${member.id}`);
    succeeded(await work.apply());
    expect((await work.resource("glsa_membership.bot"))?.values["status"]).toBe("expired");
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);

    const extended = `role = "developer"\nexpires_at = "${inDays(40)}"`;
    work.write({ "main.tf": ACCOUNT + membership(IN_CHARTS, extended) });
    succeeded(await work.apply());
    expect((await platform.gitlab.member("projects", platform.ids.charts, "bot"))?.expires_at).toBe(
      inDays(40),
    );
  });

  test("leaves the memberships below alone when it goes, unless told to take them", async () => {
    const below = membership('group = "platform/apps"', 'role = "developer"', "below");
    const above = (extra: string) =>
      membership('group = "platform"', `role = "guest"\n${extra}`, "above");
    const work = stack(engine, platform.gitlab, ACCOUNT + above("") + below);
    succeeded(await work.apply());
    work.write({ "main.tf": ACCOUNT + below });
    succeeded(await work.apply());
    expect(await platform.gitlab.member("groups", platform.ids.apps, "bot")).toBeDefined();

    work.write({ "main.tf": ACCOUNT + above("remove_memberships_below = true") });
    succeeded(await work.run(["state", "rm", "glsa_membership.below"]));
    succeeded(await work.apply());
    work.write({ "main.tf": ACCOUNT });
    expect((await work.plan()).stdout).toContain("will be removed too");
    succeeded(await work.apply());
    expect(await platform.gitlab.member("groups", platform.ids.apps, "bot")).toBeUndefined();
  });
});
