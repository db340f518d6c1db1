import { succeeded } from "../../support/engine";
import { describePulumi } from "../../support/pulumi";
import { usePulumiPlatform } from "../../support/pulumi-platform";

const platform = usePulumiPlatform();

const BOT = 'const bot = account("bot", { group: "platform", username: "bot" });';
const all = (inputs: string) =>
  `${BOT} memberships("all", { serviceAccountId: bot.id, exclusive: true, ${inputs} });`;

const APPS = '"platform/apps": { path: "platform/apps", role: "developer" }';

describePulumi("all memberships of an account on Pulumi", (engine) => {
  test("are one object; a misspelled key is refused, and what is not declared is told and removed", async () => {
    const { gitlab, ids } = platform;
    const stack = await platform.stack(engine, all(`group: { ${APPS.replace("role", "rolle")} }`));
    const refused = await stack.up();
    expect(refused.stdout).toContain('Did you mean "role"?');

    stack.declare(all(`group: { ${APPS} }`));
    succeeded(await stack.up());
    const bot = await gitlab.member("groups", ids.apps, "bot");
    expect(bot).toMatchObject({ access_level: 30 });
    expect(await stack.changes()).toEqual({});

    await gitlab.call("POST", `/projects/${ids.charts}/members`, {
      user_id: bot?.id,
      access_level: 40,
    });
    const more = `group: { ${APPS}, here: { path: "platform", role: "guest" } }`;
    stack.declare(all(more));
    const preview = succeeded(await stack.preview());
    expect(preview.stdout + preview.stderr).toContain("platform/charts");
    succeeded(await stack.up());
    expect(await gitlab.member("projects", ids.charts, "bot")).toBeUndefined();
    expect(await gitlab.member("groups", ids.platform, "bot")).toMatchObject({ access_level: 10 });
    expect(await stack.changes()).toEqual({});
  });
});
