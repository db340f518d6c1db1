import { formatMarker, markerKey, markerOrigin } from "../../../src/model";
import { succeeded } from "../../support/engine";
import { describePulumi } from "../../support/pulumi";
import { usePulumiPlatform } from "../../support/pulumi-platform";

const platform = usePulumiPlatform();

const bot = (isProtected: boolean) => `
const bot = account("bot", { group: "platform", username: "bot", deletionProtection: ${isProtected} });
token("ci", { serviceAccountId: bot.id, name: "ci", scopes: ["read_api"], rotation: { every: "30d" }, storeValue: true });`;

const ABANDONED =
  /tokens of this stack that nothing declares.*token \d+ "old".*\[abandoned-tokens\]/;
const UNDECLARED =
  /live tokens that no code here declares.*token \d+ "human", never used.*\[undeclared-live-tokens\]/;

describePulumi("live tokens that no program declares", (engine) => {
  test("are told when a preview is done, when the protection of their account goes, and when it is deleted", async () => {
    const { gitlab, ids } = platform;
    const stack = await platform.stack(engine, bot(true));
    succeeded(await stack.up());
    const [account] = await gitlab.accounts(ids.platform);
    const accountId = `group:${ids.platform}:${account?.id}`;
    const make = (name: string, description: string) =>
      gitlab.call(
        "POST",
        `/groups/${ids.platform}/service_accounts/${account?.id}/personal_access_tokens`,
        { name, scopes: ["read_user"], description },
      );
    await make("human", "by hand");
    const key = markerKey({ accountId, stack: "test", tokenName: "old" });
    const origin = markerOrigin("test/dev", []);
    await make("old", formatMarker({ key, generation: 1, origin, isFirst: true }));

    stack.declare(bot(false));
    const warned = succeeded(await stack.preview());
    expect(warned.stdout + warned.stderr).toMatch(ABANDONED);
    expect(warned.stdout + warned.stderr).toMatch(UNDECLARED);
    expect(warned.stdout + warned.stderr).not.toMatch(/token \d+ "ci"/);
    succeeded(await stack.up());

    const destroyed = succeeded(await stack.destroy());
    expect(destroyed.stdout + destroyed.stderr).toMatch(UNDECLARED);
    expect(await gitlab.accounts(ids.platform)).toEqual([]);
  });
});
