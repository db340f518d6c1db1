import { cleanUpWorkspaces, describeEachEngine, NO_CHANGES, succeeded } from "../support/engine";
import { inDays, TestGitLab } from "../support/gitlab";
import { stack } from "../support/glsa";

let gitlab: TestGitLab;
let ids: { platform: number; apps: number; charts: number };

beforeEach(async () => {
  gitlab = await TestGitLab.start();
  ids = await gitlab.platform();
});

afterEach(async () => {
  cleanUpWorkspaces();
  await gitlab.close();
});

const declared = (name: string, hidden: boolean) => `
resource "glsa_service_account" "${name}" {
  group    = "platform"
  username = "bot"
  lifecycle { create_before_destroy = true }
}
resource "glsa_membership" "${name}" {
  service_account_id = glsa_service_account.${name}.id
  project            = "platform/charts"
  role               = "developer"
  lifecycle { create_before_destroy = true }
}
resource "glsa_access_token" "${name}" {
  service_account_id = glsa_service_account.${name}.id
  name       = "ci"
  scopes     = ["read_user"]
  expires_at = "${inDays(90)}"
  deliver_to = [{ ci_variable = { project = "platform/charts", key = "BOT_TOKEN", hidden = ${hidden} } }]
  lifecycle { create_before_destroy = true }
}
`;

describeEachEngine("an address changed with create_before_destroy", (engine) => {
  test.each([false, true])(
    "loses neither account, membership nor delivered value (hidden: %s)",
    async (hidden) => {
      const work = stack(engine, gitlab, declared("before", hidden));
      succeeded(await work.apply());
      const [account] = await gitlab.accounts(ids.platform);
      work.write({ "main.tf": declared("after", hidden) });
      succeeded(await work.apply());
      expect(await gitlab.accounts(ids.platform)).toMatchObject([{ id: account?.id }]);
      expect(await gitlab.member("projects", ids.charts, "bot")).toMatchObject({
        access_level: 30,
      });
      const [token, ...others] = await gitlab.activeTokens(account?.id ?? 0);
      expect(others).toEqual([]);
      const { values } = (await work.resource("glsa_access_token.after")) ?? {};
      expect(values?.["token_id"]).toBe(token?.id);
      const variable = await gitlab.ask("GET", `/projects/${ids.charts}/variables/BOT_TOKEN`);
      expect(variable.status).toBe(200);
      if (!hidden) {
        expect(await gitlab.whoIs((await gitlab.variable(ids.charts, "BOT_TOKEN")) ?? "")).toBe(
          "bot",
        );
      }
      expect((await work.plan()).exitCode).toBe(NO_CHANGES);
    },
  );

  test("of a membership alone keeps the membership, in whatever order the engine goes", async () => {
    const only = (name: string) =>
      `resource "glsa_service_account" "bot" {\ngroup = "platform"\nusername = "bot"\n}\n` +
      `resource "glsa_membership" "${name}" {\nservice_account_id = glsa_service_account.bot.id\nproject = "platform/charts"\nrole = "developer"\n}\n`;
    const work = stack(engine, gitlab, only("a"));
    succeeded(await work.apply());
    for (const name of ["b", "c", "d"]) {
      work.write({ "main.tf": only(name) });
      succeeded(await work.apply());
      expect(await gitlab.member("projects", ids.charts, "bot")).toMatchObject({
        access_level: 30,
      });
    }
  });

  test("by a moved block sends no writing request", async () => {
    const work = stack(engine, gitlab, declared("before", false));
    succeeded(await work.apply());
    const moves = ["service_account", "membership", "access_token"]
      .map((type) => `moved {\nfrom = glsa_${type}.before\nto = glsa_${type}.after\n}\n`)
      .join("");
    work.write({ "main.tf": declared("after", false) + moves });
    await gitlab.forgetRequests();
    succeeded(await work.apply());
    expect(await gitlab.writes()).toEqual([]);
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });
});
