import { cleanUpWorkspaces, describeEnginesInTurn, NO_CHANGES, succeeded } from "../support/engine";
import { readPlan } from "../../src/review";
import { inDays, TestGitLab } from "../support/gitlab";
import { stack } from "../support/glsa";

let gitlab: TestGitLab;

beforeEach(async () => {
  gitlab = await TestGitLab.start();
});

afterEach(async () => {
  cleanUpWorkspaces();
  await gitlab.close();
});

const deployer = (attributes = "") => `
resource "glsa_service_account" "deployer" {
  group    = "platform"
  username = "platform-deployer"
  ${attributes}
}
`;
const ADDRESS = "glsa_service_account.deployer";

describeEnginesInTurn("a service account", (engine) => {
  test("is created, and planned again it is left alone", async () => {
    const { platform } = await gitlab.platform();
    const work = stack(engine, gitlab, deployer('name = "Deployer"'));
    succeeded(await work.apply());
    const [account] = await gitlab.accounts(platform);
    expect(account).toMatchObject({ username: "platform-deployer", name: "Deployer" });
    const { values } = (await work.resource(ADDRESS)) ?? {};
    expect(values).toMatchObject({
      id: `group:${platform}:${account?.id}`,
      user_id: account?.id,
      status: "active",
    });
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });

  test("changes name, username and e-mail in place and keeps its user id", async () => {
    const { platform } = await gitlab.platform();
    const work = stack(engine, gitlab, deployer());
    succeeded(await work.apply());
    const [before] = await gitlab.accounts(platform);
    const changed = deployer('name = "Chart deployer"\n  email = "charts@example.com"');
    work.write({ "main.tf": changed.replace("platform-deployer", "chart-deployer") });
    await gitlab.forgetRequests();
    succeeded(await work.apply());
    const [after] = await gitlab.accounts(platform);
    expect(after).toMatchObject({
      id: before?.id,
      username: "chart-deployer",
      name: "Chart deployer",
    });
    expect(await gitlab.writes()).toEqual([
      `PATCH /api/v4/groups/${platform}/service_accounts/${before?.id}`,
    ]);
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });

  test("is replaced when its owner changes, and only then", async () => {
    const { apps } = await gitlab.platform();
    const work = stack(engine, gitlab, deployer());
    succeeded(await work.apply());
    work.write({ "main.tf": deployer().replace('"platform"', '"platform/apps"') });
    const plan = await (await work.plan()).json();
    expect(plan.resource_changes?.[0]?.change).toMatchObject({
      actions: ["delete", "create"],
      replace_paths: [["group"]],
    });
    succeeded(await work.apply());
    expect(await gitlab.accounts(apps)).toHaveLength(1);
  });

  test("is the same whether its owner is written as a path, in capitals or as a number", async () => {
    const { platform } = await gitlab.platform();
    const work = stack(engine, gitlab, deployer());
    succeeded(await work.apply());
    for (const spelling of ["Platform", String(platform)]) {
      work.write({ "main.tf": deployer().replace('"platform"', `"${spelling}"`) });
      expect((await work.plan()).exitCode).toBe(NO_CHANGES);
    }
  });

  test("lives in a subgroup, a project or the instance", async () => {
    const { apps } = await gitlab.platform();
    const work = stack(
      engine,
      gitlab,
      `
      resource "glsa_service_account" "subgroup" {
        group    = "platform/apps"
        username = "apps-bot"
      }
      resource "glsa_service_account" "project" {
        project  = "platform/charts"
        username = "charts-bot"
      }
      resource "glsa_service_account" "instance" {
        instance = true
        username = "instance-bot"
      }
      `,
    );
    succeeded(await work.apply());
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
    expect(await gitlab.accounts(apps)).toMatchObject([{ username: "apps-bot" }]);
    const all = await gitlab.call<{ username: string }[]>("GET", "/service_accounts");
    expect(all.map(({ username }) => username).sort()).toEqual([
      "apps-bot",
      "charts-bot",
      "instance-bot",
    ]);
    succeeded(await work.destroy());
    await gitlab.control("POST", "purge");
    expect(await gitlab.call("GET", "/service_accounts")).toEqual([]);
  });

  test("is imported: the first plan changes at most the state, and the second is empty", async () => {
    const { platform } = await gitlab.platform();
    await gitlab.call("POST", `/groups/${platform}/service_accounts`, {
      username: "platform-deployer",
      name: "Deployer",
    });
    const work = stack(engine, gitlab, deployer('name = "Deployer"\n  deletion_protection = true'));
    succeeded(await work.import(ADDRESS, "group:platform:platform-deployer"));
    await gitlab.forgetRequests();
    succeeded(await work.apply());
    expect(await gitlab.writes()).toEqual([]);
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });

  test("that somebody deleted is planned anew and made again", async () => {
    const { platform } = await gitlab.platform();
    const work = stack(engine, gitlab, deployer());
    succeeded(await work.apply());
    const [account] = await gitlab.accounts(platform);
    await gitlab.call("DELETE", `/groups/${platform}/service_accounts/${account?.id}`);
    await gitlab.control("POST", "purge");
    const plan = await (await work.plan()).json();
    expect(plan.resource_changes?.[0]?.change.actions).toEqual(["create"]);
    succeeded(await work.apply());
    expect(await gitlab.accounts(platform)).toHaveLength(1);
  });

  test("whose username exists and is unused is adopted, and the plan says so", async () => {
    const { platform } = await gitlab.platform();
    const { id } = await gitlab.call<{ id: number }>(
      "POST",
      `/groups/${platform}/service_accounts`,
      {
        username: "platform-deployer",
      },
    );
    const work = stack(engine, gitlab, deployer('name = "Deployer"'));
    expect((await work.plan()).stdout).toContain(
      'Account "platform-deployer" exists and is adopted',
    );
    const applied = succeeded(await work.apply());
    expect(applied.stdout).toContain("is adopted");
    expect(await gitlab.accounts(platform)).toMatchObject([{ id, name: "Deployer" }]);
  });

  test("that is in use by others is refused with an import block that works when pasted", async () => {
    const { platform } = await gitlab.platform();
    const path = `/groups/${platform}/service_accounts`;
    const { id } = await gitlab.call<{ id: number }>("POST", path, {
      username: "platform-deployer",
    });
    const token = { name: "theirs", scopes: ["api"] };
    await gitlab.call("POST", `${path}/${id}/personal_access_tokens`, token);
    const hcl = deployer().replace('"deployer"', '"platform-deployer"');
    const work = stack(engine, gitlab, hcl);
    const refusal = (await work.diagnostics()).find(({ severity }) => severity === "error");
    expect(refusal).toMatchObject({
      severity: "error",
      summary: 'Account "platform-deployer" exists and is in use',
    });
    const block = /import \{[\s\S]*?\n\}/.exec(refusal?.detail ?? "")?.[0] ?? "";
    expect(block).toContain(`id = "group:${platform}:${id}"`);
    work.write({ "main.tf": hcl + block });
    succeeded(await work.apply());
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
    expect(await gitlab.accounts(platform)).toMatchObject([{ id }]);
  });

  test("that is protected is neither deleted nor replaced", async () => {
    const { platform } = await gitlab.platform();
    const work = stack(engine, gitlab, deployer("deletion_protection = true"));
    succeeded(await work.apply());
    const refused = await work.destroy();
    expect(refused.exitCode).not.toBe(0);
    expect(refused.stderr).toContain('Account "platform-deployer" is protected from deletion');
    work.write({
      "main.tf": deployer("deletion_protection = true").replace('"platform"', '"platform/apps"'),
    });
    expect((await work.plan()).exitCode).toBe(1);
    expect(await gitlab.accounts(platform)).toHaveLength(1);
  });

  test("whose deletion the server finishes later is reported, and made again it waits for the username", async () => {
    const { platform } = await gitlab.platform();
    await gitlab.control("POST", "deletion", { delay: null });
    const work = stack(engine, gitlab, deployer('timeouts {\ndelete = "1s"\ncreate = "30s"\n}'));
    succeeded(await work.apply());
    const removed = succeeded(await work.destroy());
    expect(removed.stdout).toContain('has not finished deleting account "platform-deployer"');
    const again = work.start(["apply", "-auto-approve", "-input=false"]);
    await new Promise((resolve) => setTimeout(resolve, 4000));
    await gitlab.control("POST", "purge");
    succeeded(await again.finished);
    expect(await gitlab.accounts(platform)).toMatchObject([{ username: "platform-deployer" }]);
  });

  test("with on_destroy = disable keeps its user, without memberships and tokens", async () => {
    const { platform, charts } = await gitlab.platform();
    for (const token of [gitlab.token, await gitlab.groupOwner(platform)]) {
      const work = stack(engine, gitlab, deployer('on_destroy = "disable"'), { token });
      succeeded(await work.apply());
      const { values } = (await work.resource(ADDRESS)) ?? {};
      const userId = Number(values?.["user_id"]);
      await gitlab.call("POST", `/projects/${charts}/members`, {
        user_id: userId,
        access_level: 30,
      });
      const made = { name: "t", scopes: ["api"] };
      await gitlab.call(
        "POST",
        `/groups/${platform}/service_accounts/${userId}/personal_access_tokens`,
        made,
      );
      succeeded(await work.destroy());
      expect(await gitlab.member("projects", charts, "platform-deployer")).toBeUndefined();
      expect(await gitlab.activeTokens(userId)).toEqual([]);
      expect(await gitlab.accounts(platform)).toMatchObject([{ id: userId }]);
    }
  });

  test("is suspended and resumed by its declaration, and a review tells it as a loss and a gain", async () => {
    const { platform } = await gitlab.platform();
    const work = stack(engine, gitlab, deployer());
    succeeded(await work.apply());
    const [account] = await gitlab.accounts(platform);
    const stateOf = async () =>
      (await gitlab.call<{ state: string }>("GET", `/users/${account?.id}`)).state;
    for (const [suspended, kind, effect, state] of [
      [true, "account-suspended", "loses", "blocked"],
      [false, "account-resumed", "gains", "active"],
    ] as const) {
      work.write({ "main.tf": deployer(`suspended = ${suspended}`) });
      const planned = JSON.stringify(await (await work.plan()).json());
      const { accounts } = readPlan(planned, { today: inDays(0) });
      expect(accounts.flatMap(({ changes }) => changes)).toMatchObject([{ kind, effect }]);
      succeeded(await work.apply());
      expect(await stateOf()).toBe(state);
      expect((await work.plan()).exitCode).toBe(NO_CHANGES);
    }
  });

  test("with on_destroy = retain is left as it is", async () => {
    const { platform } = await gitlab.platform();
    const work = stack(engine, gitlab, deployer('on_destroy = "retain"'));
    succeeded(await work.apply());
    await gitlab.forgetRequests();
    succeeded(await work.destroy());
    expect(await gitlab.writes()).toEqual([]);
    expect(await gitlab.accounts(platform)).toHaveLength(1);
  });

  test("is found by the data source by owner and username", async () => {
    const { platform } = await gitlab.platform();
    const { id } = await gitlab.call<{ id: number }>(
      "POST",
      `/groups/${platform}/service_accounts`,
      {
        username: "existing",
        name: "Existing",
      },
    );
    const work = stack(
      engine,
      gitlab,
      `
      data "glsa_service_account" "existing" {
        group    = "platform"
        username = "Existing"
      }
      output "found" { value = data.glsa_service_account.existing }
      `,
    );
    succeeded(await work.apply());
    const { values } = await work.show();
    expect(values?.outputs?.["found"]?.value).toMatchObject({
      id: `group:${platform}:${id}`,
      user_id: id,
      name: "Existing",
    });
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });

  test("of a group that can no longer be seen is an error, not a deletion", async () => {
    const { platform } = await gitlab.platform();
    const token = await gitlab.groupOwner(platform);
    const work = stack(engine, gitlab, deployer(), { token });
    succeeded(await work.apply());
    const [owner] = await gitlab.call<{ id: number }[]>("GET", "/users?username=group-owner");
    await gitlab
      .call("POST", `/groups/${platform}/members`, { user_id: 1, access_level: 50 })
      .catch(() => {});
    await gitlab.call("DELETE", `/groups/${platform}/members/${owner?.id}`);
    const plan = await work.plan();
    expect(plan.exitCode).toBe(1);
    expect(plan.stderr).toContain(`cannot see group ${platform}`);
  });

  test("is not taken for deleted when a list fails", async () => {
    await gitlab.platform();
    const work = stack(engine, gitlab, deployer());
    succeeded(await work.apply());
    const fault = {
      route: "GET /groups/:id/service_accounts",
      times: null,
      effect: { kind: "status", status: 500, body: { message: "500 Internal Server Error" } },
    };
    await gitlab.control("POST", "faults", { faults: [fault] });
    const plan = await work.plan();
    expect(plan.exitCode).toBe(1);
    expect(plan.stderr).toContain("Cannot read account");
    await gitlab.control("DELETE", "faults");
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });

  test("in a place that exists nowhere is an error of the plan with what is near, and one that comes first is not", async () => {
    await gitlab.platform();
    const account = (name: string, place: string) =>
      `resource "glsa_service_account" "${name}" {\nusername = "${name}"\n${place}\n}\n`;
    const member = `resource "glsa_membership" "m" {\nuser_id = 1\ngroup = "platform/charts"\nrole = "guest"\n}\n`;
    const work = stack(
      engine,
      gitlab,
      account("one", 'group = "platfrom"') +
        account("two", 'group = "platform/charts"') +
        account("three", 'project = "platform/apps"') +
        account("four", 'project = "platform/chart"') +
        account("five", 'group = "nowhere/near"') +
        member,
    );
    const found = await work.diagnostics();
    const said = found
      .filter(({ severity }) => severity === "error")
      .map(({ address, summary, detail }) => `${address}: ${summary}. ${detail}`)
      .sort();
    expect(said).toEqual([
      expect.stringMatching(/glsa_membership.m: "platform\/charts" is a project, not a group/),
      expect.stringMatching(
        /account.five: There is no group "nowhere\/near"\. .* Near it are "platform"/,
      ),
      expect.stringMatching(
        /account.four: There is no project "platform\/chart"\. .* Did you mean "platform\/charts"\?/,
      ),
      expect.stringMatching(
        /account.one: There is no group "platfrom"\. .* Did you mean "platform"\?/,
      ),
      expect.stringMatching(
        /account.three: "platform\/apps" is a group, not a project.* Write group = "platform\/apps"/,
      ),
      expect.stringMatching(
        /account.two: "platform\/charts" is a project, not a group.* Write project = "platform\/charts"/,
      ),
    ]);

    const late = `resource "terraform_data" "late" {\ninput = "platform"\n}\n`;
    work.write({ "main.tf": late + account("six", "group = terraform_data.late.output") });
    succeeded(await work.apply());
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });
});
