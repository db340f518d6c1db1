import { succeeded } from "../../support/engine";
import { describePulumi } from "../../support/pulumi";
import { usePulumiPlatform } from "../../support/pulumi-platform";

const platform = usePulumiPlatform();

const BOT = 'const bot = account("bot", { group: "platform", username: "bot" });';
const inCharts = (inputs: string) =>
  `${BOT} membership("edge", { serviceAccountId: bot.id, project: "platform/charts", ${inputs} });`;

const member = () => platform.gitlab.member("projects", platform.ids.charts, "bot");

describePulumi("a membership on Pulumi", (engine) => {
  test("changes its role in place, and a role in other letters is the same", async () => {
    const stack = await platform.stack(engine, inCharts('role: "developer"'));
    succeeded(await stack.up());
    expect(await member()).toMatchObject({ access_level: 30 });
    stack.declare(inCharts('role: "DEVELOPER"'));
    expect(await stack.changes()).toEqual({});
    stack.declare(inCharts('role: "maintainer", expiresAt: "2099-01-01"'));
    expect(await stack.changes()).toEqual({ edge: "update" });
    await platform.gitlab.forgetRequests();
    succeeded(await stack.up());
    expect(await platform.gitlab.writes()).toHaveLength(1);
    expect(await member()).toMatchObject({ access_level: 40, expires_at: "2099-01-01" });
    expect(await stack.changes()).toEqual({});
  });

  test("that somebody else changed or removed shows without a refresh, and is put right", async () => {
    const stack = await platform.stack(engine, inCharts('role: "developer"'));
    succeeded(await stack.up());
    const path = `/projects/${platform.ids.charts}/members/${(await member())?.id}`;
    await platform.gitlab.call("PUT", path, { access_level: 40 });
    const preview = succeeded(await stack.preview());
    expect(preview.stdout + preview.stderr).toContain('role is "maintainer" and not "developer"');
    succeeded(await stack.up());
    expect(await member()).toMatchObject({ access_level: 30 });
    await platform.gitlab.call("DELETE", path);
    expect(await stack.changes()).toEqual({ edge: "replace" });
    succeeded(await stack.up());
    expect(await member()).toMatchObject({ access_level: 30 });
    expect(await stack.changes()).toEqual({});
  });

  test("elsewhere is made there before it ends here", async () => {
    const stack = await platform.stack(engine, inCharts('role: "developer"'));
    succeeded(await stack.up());
    stack.declare(
      `${BOT} membership("edge", { serviceAccountId: bot.id, group: "platform/apps", role: "developer" });`,
    );
    await platform.gitlab.forgetRequests();
    succeeded(await stack.up());
    const writes = await platform.gitlab.writes();
    expect(writes.map((write) => write.split(" ")[0])).toEqual(["POST", "DELETE"]);
    expect(await member()).toBeUndefined();
    expect(await platform.gitlab.member("groups", platform.ids.apps, "bot")).toBeDefined();
  });

  test("under another name in the program stays where it is", async () => {
    const stack = await platform.stack(engine, inCharts('role: "developer"'));
    succeeded(await stack.up());
    stack.declare(inCharts('role: "developer"').replace('"edge"', '"other"'));
    succeeded(await stack.up());
    expect(await member()).toMatchObject({ access_level: 30 });
    expect(await stack.changes()).toEqual({});
  });

  test("that is refused names the property, before anything is made", async () => {
    const stack = await platform.stack(engine, inCharts('role: "devloper"'));
    const refused = await stack.up();
    expect(refused.exitCode).not.toBe(0);
    expect(refused.stdout).toContain("property role value {devloper} has a problem");
    expect(refused.stdout).toContain("developer");
    expect(await member()).toBeUndefined();
  });

  test("whose role is ignored stays as somebody else set it", async () => {
    const ignoring = inCharts('role: "developer"').replace(
      /\}\);$/,
      '}, { ignoreChanges: ["role"] });',
    );
    const stack = await platform.stack(engine, ignoring);
    succeeded(await stack.up());
    const path = `/projects/${platform.ids.charts}/members/${(await member())?.id}`;
    await platform.gitlab.call("PUT", path, { access_level: 40 });
    expect(await stack.changes()).toEqual({});
    succeeded(await stack.up());
    expect(await member()).toMatchObject({ access_level: 40 });
  });
});
