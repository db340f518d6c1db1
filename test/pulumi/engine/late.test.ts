import { succeeded } from "../../support/engine";
import { describePulumi } from "../../support/pulumi";
import { usePulumiPlatform } from "../../support/pulumi-platform";

const platform = usePulumiPlatform();

const declared = (role: string, options = "{}") => `
const bot = account("bot", { group: "platform", username: "bot" });
membership("charts", { serviceAccountId: bot.id, project: "platform/charts", role: "${role}" });
token("ci", {
  serviceAccountId: bot.id,
  name: "ci",
  scopes: ["read_api"],
  rotation: { every: "30d" },
  deliverTo: [{ ciVariable: { project: "platform/charts", key: "BOT_TOKEN" } }],
}, ${options});`;

describePulumi("Pulumi's own ways", (engine) => {
  test("a token with ignored changes rotates, drift is told once, and errors show no stack", async () => {
    const stack = await platform.stack(
      engine,
      declared("maintainer", '{ ignoreChanges: ["expiresAt"] }'),
    );
    succeeded(await stack.up());
    await platform.gitlab.control("POST", "clock", { advance: "P31D" });
    const [bot] = await platform.gitlab.accounts(platform.ids.platform);
    await platform.gitlab.call("PUT", `/projects/${platform.ids.charts}/members/${bot?.id}`, {
      access_level: 30,
    });
    const { stdout } = succeeded(await stack.preview());
    expect(stdout).not.toContain('"maintainer" => "maintainer"');
    const messages = (await stack.previewJson()).diagnostics?.map(({ message }) => message).join();
    expect(messages).toContain('role is "developer" and not "maintainer"');
    expect(await stack.changes()).toEqual({ charts: "update", ci: "update" });
    succeeded(await stack.up());
    expect((await stack.resource("ci"))?.outputs).toMatchObject({ generation: 2 });
    expect(await stack.changes()).toEqual({});

    stack.declare(declared("mantainer"));
    const refused = await stack.preview();
    expect(refused.exitCode).not.toBe(0);
    const told = refused.stdout + refused.stderr;
    expect(told).toContain('Unknown role "mantainer"');
    expect(told).not.toMatch(/^\s+at .*(node_modules|node:)/m);
  });
});
