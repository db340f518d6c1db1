import { succeeded } from "../../support/engine";
import { describePulumi, nameOf } from "../../support/pulumi";
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

  test("a late value that needs a new object is refused before any request, and shown by the next preview", async () => {
    const { gitlab, ids } = platform;
    const places = (fresh: string, group: string, project: string) => `
const fresh = account("${fresh}", { group: "platform", username: "${fresh}" });
const late = (value) => fresh.id.apply(() => value);
const bot = account("bot", { group: late("${group}"), username: "bot" });
membership("charts", { serviceAccountId: account("man", { group: "platform", username: "man" }).id,
  project: late("${project}"), role: "developer" });`;
    const stack = await platform.stack(engine, places("one", "platform", "platform/charts"));
    succeeded(await stack.run(["up", "--yes"]));
    const accounts = await gitlab.accounts(ids.platform);

    await gitlab.call("POST", "/projects", { name: "web", path: "web", namespace_id: ids.apps });
    // A new account makes what comes from it unknown.
    stack.declare(places("two", "platform/apps", "platform/apps/web"));
    const refused = await stack.run(["up", "--yes"]);
    expect(refused.exitCode).not.toBe(0);
    const told = refused.stdout + refused.stderr;
    expect(told.match(/would have to be replaced/g)?.length).toBeGreaterThanOrEqual(1);
    expect(told).toContain("[late-replacement]");
    const bot = (all: typeof accounts) => all.find(({ username }) => username === "bot");
    expect(bot(await gitlab.accounts(ids.platform))).toEqual(bot(accounts));

    const { steps } = await stack.previewJson();
    const replaced = steps.filter(({ op }) => op === "replace").map(({ urn }) => nameOf(urn));
    expect(replaced.sort()).toEqual(["bot", "charts"]);
    succeeded(await stack.run(["up", "--yes"]));
  });

  test("what follows from the replacement that a preview shows is replaced with it", async () => {
    const owned = (group: string) =>
      declared("developer").replace('group: "platform"', `group: "${group}"`);
    const stack = await platform.stack(engine, owned("platform"));
    succeeded(await stack.run(["up", "--yes"]));
    // GitLab refuses an account of a subgroup in the project beside it.
    stack.declare(owned("platform/apps").replaceAll('"platform/charts"', '"platform/apps/web"'));
    const { gitlab, ids } = platform;
    await gitlab.call("POST", "/projects", { name: "web", path: "web", namespace_id: ids.apps });
    succeeded(await stack.run(["up", "--yes"]));
    expect(await stack.changes()).toEqual({});
    expect(await gitlab.accounts(ids.apps)).toMatchObject([{ username: "bot" }]);
  });
});
