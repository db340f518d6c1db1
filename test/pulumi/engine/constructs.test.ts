import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { PulumiEngine } from "../../../examples/demo/pulumi-engine";
import { succeeded } from "../../support/engine";
import { inDays } from "../../support/gitlab";
import { describePulumi, type PulumiStack } from "../../support/pulumi";
import { usePulumiPlatform } from "../../support/pulumi-platform";

const platform = usePulumiPlatform();
const FRONT = resolve(__dirname, "../../../dist/pulumi.js");

const program = (body: string) => `
const { AccountOwner, Delivery, GlsaProvider, GlsaServiceAccount, Role, Scope, ServiceAccount } = require(${JSON.stringify(FRONT)});
const owner = AccountOwner.group("platform");
const delivered = { scopes: [Scope.API], expiresAt: "${inDays(90)}",
  deliverTo: [Delivery.ciVariable({ project: "platform/charts", key: "BOT_TOKEN" })] };
${body}`;

function stackOf(engine: PulumiEngine, body: string): Promise<PulumiStack> {
  if (!existsSync(FRONT)) throw new Error("dist/ holds no constructs; run npm run build");
  return platform.stack(engine, program(body));
}

/** The account with all that belongs to it. */
const bot = (account: string, token = '"ci"', options = "") => `
const bot = new ServiceAccount("deployer", { owner, ${account} });
bot.joinGroup("platform/apps", Role.DEVELOPER);
bot.addToken(${token}, { ...delivered, ${options} });`;

const accounts = () => platform.gitlab.accounts(platform.ids.platform);

/** What would happen to real objects; components are only names. */
async function realChanges(stack: PulumiStack): Promise<Record<string, string>> {
  const { steps } = await stack.previewJson();
  const real = steps.filter(({ op, urn }) => op !== "same" && /[:$]glsa:index:/.test(urn));
  return Object.fromEntries(real.map(({ op, urn }) => [urn.split("::")[3] ?? "", op]));
}

describePulumi("the constructs on Pulumi", (engine) => {
  test("rename account and token in place, and then want nothing", async () => {
    const stack = await stackOf(engine, bot('username: "bot"'));
    succeeded(await stack.up());
    const [before] = await accounts();
    const renamed = 'username: "robot", formerUsername: "bot"';
    stack.declare(program(bot(renamed, '"release"', 'formerName: "ci"')));
    expect(await realChanges(stack)).toEqual({ robot: "update", robot_release: "update" });
    succeeded(await stack.up());
    expect(await accounts()).toMatchObject([{ id: before?.id, username: "robot" }]);
    stack.declare(program(bot('username: "robot"', '"release"')));
    expect(await stack.changes()).toEqual({});
  });

  test("keep everything when the account has another name in the program, or moves into a component", async () => {
    const stack = await stackOf(engine, bot('username: "bot"'));
    succeeded(await stack.up());
    stack.declare(program(bot('username: "bot"').replace('"deployer"', '"releaser"')));
    expect(await realChanges(stack)).toEqual({});
    const inside = `
const parent = new pulumi.ComponentResource("test:index:Team", "team");
${bot('username: "bot"').replace(
  'username: "bot" }',
  'username: "bot" }, { parent, aliases: [{ parent: pulumi.rootStackResource }] }',
)}`;
    stack.declare(program(inside));
    expect(await realChanges(stack)).toEqual({});
    succeeded(await stack.up());
    expect(await accounts()).toHaveLength(1);
  });

  test("tell what is wrong with a declaration without a stack of the SDK", async () => {
    const stack = await stackOf(engine, bot('username: "b o t"'));
    const refused = await stack.preview();
    const shown = refused.stdout + refused.stderr;
    expect(refused.exitCode).not.toBe(0);
    expect(shown).toContain("[deployer]");
    expect(shown).not.toMatch(/^\s*at .*:\d+|node_modules|unhandled exception/m);
  });

  test("protect an account already in the preview", async () => {
    const stack = await stackOf(engine, bot('username: "bot", deletionProtection: true'));
    succeeded(await stack.up());
    stack.declare(program(""));
    const refused = await stack.preview();
    expect(refused.exitCode).not.toBe(0);
    expect(refused.stdout + refused.stderr).toContain("protect");
    expect(await accounts()).toHaveLength(1);
  });

  test("take over what exists, give memberships to what stays elsewhere, and say what is missing without a stack", async () => {
    const { gitlab, ids } = platform;
    const path = `/groups/${ids.platform}/service_accounts`;
    const body = { username: "legacy", name: "Legacy" };
    const { id } = await gitlab.call<{ id: number }>("POST", path, body);
    const imported = `new ServiceAccount("legacy", { owner, username: "legacy", name: "Legacy" },
      { import: "group:${ids.platform}:${id}" });`;
    const looked = `ServiceAccount.fromUsername("legacy", owner, "legacy").joinGroup("platform/apps", Role.GUEST);`;
    const stack = await stackOf(engine, looked.replace('"legacy")', '"absent")'));
    const refused = await stack.preview();
    expect(refused.stderr).toContain('There is no account "absent" (username).');
    expect(refused.stdout + refused.stderr).not.toMatch(/^\s+at .*(node_modules|node:)/m);
    stack.declare(program(looked));
    succeeded(await stack.up());
    expect(await gitlab.member("groups", ids.apps, "legacy")).toMatchObject({ access_level: 10 });
    expect(await stack.changes()).toEqual({});
    stack.declare(program(imported));
    expect(await realChanges(stack)).toMatchObject({ legacy: "import" });
    succeeded(await stack.up());
    expect(await accounts()).toMatchObject([{ id, username: "legacy" }]);
  });

  test("take a place and a username that come from other resources", async () => {
    const late = `
const first = new GlsaServiceAccount("first", { group: "platform", username: "first" });
const bot = new ServiceAccount("second", { owner, username: first.username.apply((name) => name + "-bot") });
bot.joinGroup(first.group.apply((path) => path + "/apps"), Role.GUEST);`;
    const stack = await stackOf(engine, late);
    succeeded(await stack.up());
    const { gitlab, ids } = platform;
    expect(await gitlab.member("groups", ids.apps, "first-bot")).toMatchObject({
      access_level: 10,
    });
    expect(await stack.changes()).toEqual({});
  });

  test("say what is wrong with a declaration, with the names in the program", async () => {
    const stack = await stackOf(engine, bot('username: "bot"', '"ci"', 'scopes: ["read-apis"]'));
    const refused = await stack.preview();
    expect(refused.exitCode).not.toBe(0);
    expect(refused.stdout + refused.stderr).toContain(
      '[deployer/token_ci] scopes[0]: Unknown scope "read-apis".',
    );
  });
});
