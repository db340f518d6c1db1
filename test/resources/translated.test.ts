import { addMember } from "../../src/resources/membership/write";
import { withNulls } from "../../src/provider/contract";
import { glsaProvider } from "../../src/resources";
import { Driver, type Declared } from "../support/driver";
import { inDays, TestGitLab } from "../support/gitlab";
import { translatedGitLab } from "../support/translated-gitlab";

const provider = glsaProvider("0.0.0");

const account: Declared = {
  address: "account",
  type: "glsa_service_account",
  config: () => ({
    group: "platform",
    username: "locale-bot",
    timeouts: { create: "20s", delete: "0s" },
  }),
};

const token: Declared = {
  address: "token",
  type: "glsa_access_token",
  config: (states) => ({
    service_account_id: states.get("account")?.["id"],
    name: "ci",
    scopes: ["read_api"],
    rotation: { every: "30d" },
    deliver_to: [{ ci_variable: { project: "platform/charts", key: "BOT" } }],
  }),
};

const membership: Declared = {
  address: "membership",
  type: "glsa_membership",
  config: (states) => ({
    service_account_id: states.get("account")?.["id"],
    project: "platform/charts",
    role: "developer",
  }),
};

describe("where GitLab speaks another language than English", () => {
  let gitlab: TestGitLab;
  let translated: Awaited<ReturnType<typeof translatedGitLab>>;

  beforeEach(async () => {
    gitlab = await TestGitLab.start();
    await gitlab.platform();
    translated = await translatedGitLab(gitlab.url);
  });

  afterEach(async () => {
    translated.close();
    await gitlab.close();
  });

  const driver = (declared: Declared[]) =>
    new Driver({ base_url: translated.url, token: gitlab.token, stack: "locale" }, declared);

  const errorsOf = (run: { diagnostics: readonly { severity: string; summary: string }[] }) =>
    run.diagnostics.filter(({ severity }) => severity === "error").map(({ summary }) => summary);

  test("everything is made, rotated on demand and removed again", async () => {
    const run = driver([account, token, membership]);
    expect(errorsOf(await run.apply())).toEqual([]);
    expect([...(await run.plan()).actions.values()]).toEqual(["none", "none", "none"]);
    expect(errorsOf(await run.destroy())).toEqual([]);
  });

  test("an account that an interrupted run made is taken over", async () => {
    const before = driver([account, token]);
    expect(errorsOf(await before.apply())).toEqual([]);
    const again = driver([account]);
    expect(errorsOf(await again.apply())).toEqual([]);
    expect(again.values("account")?.["id"]).toBe(before.values("account")?.["id"]);
  });

  test("a username is waited for whose former holder is still being deleted", async () => {
    await gitlab.control("POST", "deletion", { delay: "PT2S" });
    const run = driver([account]);
    await run.apply();
    const first = run.values("account")?.["user_id"];
    expect(errorsOf(await run.destroy())).toEqual([]);
    setTimeout(() => void gitlab.control("POST", "clock", { advance: "PT3S" }), 500);
    expect(errorsOf(await run.apply())).toEqual([]);
    expect(run.values("account")?.["user_id"]).not.toBe(first);
  }, 30_000);

  describe("a refusal is explained alike in every language", () => {
    const named = (fields: object): Declared => ({
      ...account,
      config: () => ({ group: "platform", username: "second-bot", ...fields }),
    });

    /** Code, summary and advice of each error, without the words that the server chose. */
    async function explained(declared: Declared[], token: string) {
      const told = [gitlab.url, translated.url].map(async (base_url) => {
        const run = new Driver({ base_url, token, stack: "locale" }, declared);
        const { diagnostics } = await run.apply();
        return diagnostics
          .filter(({ severity }) => severity === "error")
          .map(({ code, summary, detail }) => ({
            code,
            summary,
            advice: detail.slice(Math.max(0, detail.indexOf("Correct the value"))),
          }));
      });
      const [english = [], polish = []] = [await told[0], await told[1]];
      expect(polish).toEqual(english);
      return polish;
    }

    async function takeEmail() {
      await gitlab.call("POST", "/users", {
        username: "holder",
        name: "Holder",
        email: "holder@example.com",
        force_random_password: true,
        skip_confirmation: true,
      });
      return gitlab.groupOwner(await groupId());
    }

    const groupId = async () => (await gitlab.call<{ id: number }>("GET", "/groups/platform")).id;

    test("a taken e-mail address is looked up by an administrator", async () => {
      await takeEmail();
      const [refused] = await explained([named({ email: "holder@example.com" })], gitlab.token);
      expect(refused).toMatchObject({
        code: "email-taken",
        summary: 'Email address "holder@example.com" is taken',
      });
    });

    test("a group's Owner, who sees no addresses, is told every reason that is left", async () => {
      const owner = await takeEmail();
      const [refused] = await explained([named({ email: "holder@example.com" })], owner);
      expect(refused?.advice).toContain("it is one of these");
      expect(refused?.advice).toContain("Another user has this email address");
    });

    test("no e-mail address is blamed that was not sent", async () => {
      const owner = await gitlab.groupOwner(await groupId());
      const settings = { allow_top_level_group_owners_to_create_service_accounts: false };
      await gitlab.call("PUT", "/application/settings", settings);
      const [refused] = await explained([named({})], owner);
      expect(refused?.advice).toContain("allow_top_level_group_owners_to_create_service_accounts");
      expect(refused?.advice).not.toContain("e-mail");
    });

    test("a longer life than the instance allows", async () => {
      const owner = await gitlab.groupOwner(await groupId());
      await gitlab.call("PUT", "/application/settings", { max_personal_access_token_lifetime: 30 });
      const config: Declared["config"] = (states) => ({
        service_account_id: states.get("account")?.["id"],
        name: "ci",
        scopes: ["read_api"],
        expires_at: inDays(200),
        store_value: true,
      });
      const own = named({ username: "lasting-bot" });
      const run = new Driver({ base_url: gitlab.url, token: owner, stack: "locale" }, [own]);
      const { diagnostics } = await run.apply();
      expect(errorsOf({ diagnostics })).toEqual([]);
      const id = String(run.values("account")?.["id"]);
      const states = new Map([["account", { id }]]);
      const [refused] = await explained([{ ...token, config: () => config(states) }], owner);
      expect(refused?.advice).toContain("The instance does not allow this lifetime");
    });

    test("a role below the inherited one, which came between plan and apply", async () => {
      const { diagnostics } = await driver([account]).apply();
      expect(errorsOf({ diagnostics })).toEqual([]);
      const [{ id: userId } = { id: 0 }] = await gitlab.accounts(await groupId());
      const body = { user_id: userId, access_level: 40 };
      await gitlab.call("POST", `/groups/${await groupId()}/members`, body);
      const charts = await gitlab.call<{ id: number }>("GET", "/projects/platform%2Fcharts");
      const settings = { base_url: translated.url, token: gitlab.token };
      const context = provider.configure(withNulls(provider.schema.attributes, settings) as never);
      const adding = addMember(
        { container: { kind: "project", id: charts.id }, userId },
        { access_level: 30, expires_at: null, member_role_id: null },
        context,
      );
      await expect(adding).rejects.toThrow("has a higher role in project");
      await context.gitlab.close();
    });
  });
});
