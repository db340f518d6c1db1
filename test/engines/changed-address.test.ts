import { describeEachEngine, NO_CHANGES, succeeded } from "../support/engine";
import { inDays } from "../support/gitlab";
import { stack } from "../support/glsa";
import { usePlatform } from "../support/platform";

const platform = usePlatform();

const declared = (name: string, hidden: boolean, account = "bot", token = name) => `
resource "glsa_service_account" "${account}" {
  group    = "platform"
  username = "bot"
}
resource "glsa_membership" "${name}" {
  service_account_id = glsa_service_account.${account}.id
  project            = "platform/charts"
  role               = "developer"
  lifecycle { create_before_destroy = true }
}
resource "glsa_access_token" "${token}" {
  service_account_id = glsa_service_account.${account}.id
  name       = "ci"
  scopes     = ["read_api"]
  expires_at = "${inDays(90)}"
  deliver_to {
    ci_variable {
      project = "platform/charts"
      key     = "BOT_TOKEN"
      hidden  = ${hidden}
    }
  }
  lifecycle { create_before_destroy = true }
}
`;

describeEachEngine("an address changed with create_before_destroy", (engine) => {
  test("of a token is refused in the plan, since its consumer would be locked out in between", async () => {
    const work = stack(engine, platform.gitlab, declared("same", false, "bot", "before"));
    succeeded(await work.apply());
    work.write({ "main.tf": declared("same", false, "bot", "after") });
    const plan = await work.plan();
    expect(plan.exitCode).toBe(1);
    expect(plan.stderr.replace(/[\s│]+/g, " ")).toContain(
      'Token "ci" would be destroyed at one address and created at another',
    );
  });

  test.each([false, true])(
    "of a token with -replace keeps the delivered value alive (hidden: %s)",
    async (hidden) => {
      const work = stack(engine, platform.gitlab, declared("same", hidden));
      succeeded(await work.apply());
      const [account] = await platform.gitlab.accounts(platform.ids.platform);
      succeeded(await work.apply({ args: ["-replace=glsa_access_token.same"] }));
      const { values } = (await work.resource("glsa_access_token.same")) ?? {};
      const [old, token, ...others] = await platform.gitlab.activeTokens(account?.id ?? 0);
      expect(others).toEqual([]);
      expect(values).toMatchObject({ token_id: token?.id, previous: [{ token_id: old?.id }] });
      const variable = `/projects/${platform.ids.charts}/variables/BOT_TOKEN`;
      expect((await platform.gitlab.ask("GET", variable)).status).toBe(200);
      expect((await work.plan()).exitCode).toBe(NO_CHANGES);
    },
  );

  test("of an account is refused in the plan, since the account would lose its identity", async () => {
    const work = stack(engine, platform.gitlab, declared("same", false, "before"));
    succeeded(await work.apply());
    work.write({ "main.tf": declared("same", false, "after") });
    const plan = await work.plan();
    expect(plan.exitCode).toBe(1);
    expect(plan.stderr.replace(/[\s│]+/g, " ")).toContain(
      'Account "bot" (group:' + `${platform.ids.platform}:`,
    );
    expect(plan.stderr).toContain("[destroyed-and-kept]");
    expect(plan.stderr.replace(/[\s│]+/g, " ")).toContain(
      "would be destroyed at one address and kept at another",
    );
  });

  test("of a membership is refused in the plan, and by a moved block loses nothing", async () => {
    const only = (name: string) =>
      `resource "glsa_service_account" "bot" {\ngroup = "platform"\nusername = "bot"\n}\n` +
      `resource "glsa_membership" "${name}" {\nservice_account_id = glsa_service_account.bot.id\nproject = "platform/charts"\nrole = "developer"\n}\n`;
    const work = stack(engine, platform.gitlab, only("a"));
    succeeded(await work.apply());
    work.write({ "main.tf": only("b") });
    const refused = await work.apply();
    expect(refused.stderr).toContain("[destroyed-and-kept]");
    expect(await platform.gitlab.member("projects", platform.ids.charts, "bot")).toMatchObject({
      access_level: 30,
    });
    const moved = "moved {\nfrom = glsa_membership.a\nto = glsa_membership.b\n}\n";
    work.write({ "main.tf": only("b") + moved });
    succeeded(await work.apply());
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });

  test("by a moved block sends no writing request", async () => {
    const work = stack(engine, platform.gitlab, declared("before", false, "before"));
    succeeded(await work.apply());
    const moves = ["service_account", "membership", "access_token"]
      .map((type) => `moved {\nfrom = glsa_${type}.before\nto = glsa_${type}.after\n}\n`)
      .join("");
    work.write({ "main.tf": declared("after", false, "after") + moves });
    await platform.gitlab.forgetRequests();
    succeeded(await work.apply());
    expect(await platform.gitlab.writes()).toEqual([]);
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });
});
