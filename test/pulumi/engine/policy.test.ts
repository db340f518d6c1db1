import { resolve } from "node:path";
import { succeeded } from "../../support/engine";
import { inDays } from "../../support/gitlab";
import { describePulumi } from "../../support/pulumi";
import { usePulumiPlatform } from "../../support/pulumi-platform";

const platform = usePulumiPlatform();
const FRONT = resolve(__dirname, "../../../dist/pulumi.js");

const POLICY = `
const { AccountOwner, GlsaMembership, GlsaProvider, Policy, Role, ServiceAccount } = require(${JSON.stringify(FRONT)});
Policy.of().tighten({ maxRole: Role.MAINTAINER, severity: { "max-role": "error" } }).except({
  rule: "max-role", object: "bot@platform", reason: "owns the platform", until: "2999-12-31",
});
const provider = new GlsaProvider("glsa", { stack: "test" });`;

const BOT = `
const bot = new ServiceAccount("bot", { owner: AccountOwner.group("platform"), username: "bot",
  purpose: "runs the plan", contact: "platform-team" });`;

const EXCEPTED = `
bot.joinGroup("platform", Role.OWNER);`;

/** Declared past the constructs, so that the provider alone can see it. */
const UNSEEN = `
new GlsaMembership("unseen", { serviceAccountId: bot.id, group: "platform/apps", role: "owner" }, { provider });`;

describePulumi("a program's policy on Pulumi", (engine) => {
  test("reaches the provider, which refuses what breaks it and keeps the account that runs it", async () => {
    const { gitlab, ids } = platform;
    const stack = await platform.stack(engine, POLICY + BOT + EXCEPTED + UNSEEN);
    stack.write({ "glsa.config.json": '{ "policy": { "max_role": "maintainer" } }' });
    const refused = await stack.preview();
    expect(refused.exitCode).not.toBe(0);
    const text = refused.stdout + refused.stderr;
    expect(text).toMatch(/in platform\/apps breaks the rule max-role/);
    expect(text).toContain("It has the role owner; the highest allowed is maintainer.");
    // The provider finds the file from the folder in which the engine runs it.
    expect(text).toContain(`The policy is that of ${stack.folder}/glsa.config.json.`);
    expect(text).not.toMatch(/in platform breaks/);

    stack.declare(POLICY + BOT);
    succeeded(await stack.up());
    const [bot] = await gitlab.accounts(ids.platform);
    const member = { user_id: bot?.id, access_level: 50 };
    await gitlab.call("POST", `/groups/${ids.platform}/members`, member);
    const own = await gitlab.call<{ token: string }>(
      "POST",
      `/groups/${ids.platform}/service_accounts/${bot?.id}/personal_access_tokens`,
      { name: "runs the plan", scopes: ["api"] },
    );
    stack.declare(POLICY);
    const kept = await stack.run(["up", "--yes", "--skip-preview"], { GITLAB_TOKEN: own.token });
    expect(kept.exitCode).not.toBe(0);
    expect(kept.stdout + kept.stderr).toContain("breaks the rule own-account-removal");
    expect(await gitlab.accounts(ids.platform)).toHaveLength(1);
  });

  test("judges a role and a scope that only the update knows, also by a component's policy", async () => {
    const late = (role: string, scope: string) => `
const late = new GlsaMembership("late", { serviceAccountId: bot.id, group: "platform", role: "guest" }, { provider });
const known = (value) => late.id.apply(() => value);
bot.joinGroup("platform/apps", known("${role}"));
bot.addToken("ci", { scopes: [known("${scope}")], expiresAt: "${inDays(300)}", storeValue: true });`;
    const team = BOT.replace(
      "const bot",
      'const team = new (require("@pulumi/pulumi").ComponentResource)("test:Team", "team");\nPolicy.of(team).tighten({ maxRole: Role.DEVELOPER });\nconst bot',
    ).replace('contact: "platform-team" }', 'contact: "platform-team" }, { parent: team }');
    const stack = await platform.stack(engine, POLICY + team + late("maintainer", "read_api"));
    succeeded(await stack.preview());
    const refused = await stack.run(["up", "--yes", "--skip-preview"]);
    expect(refused.exitCode).not.toBe(0);
    expect(refused.stdout + refused.stderr).toMatch(/breaks the rule max-role\. Its role comes/);
    stack.declare(POLICY + team + late("developer", "sudo"));
    const forbidden = await stack.run(["up", "--yes", "--skip-preview"]);
    expect(forbidden.stdout + forbidden.stderr).toMatch(/breaks the rule forbidden-scope\. One of/);
  });
});
