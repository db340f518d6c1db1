import { succeeded } from "../../support/engine";
import { describePulumi } from "../../support/pulumi";
import { usePulumiPlatform } from "../../support/pulumi-platform";

const platform = usePulumiPlatform();

const PROVIDERS = `
const one = new pulumi.ProviderResource("glsa", "one", { stack: "test" });
const two = new pulumi.ProviderResource("glsa", "two", { stack: "test" });`;
const bot = (name: string, username: string, provider: string) =>
  `account("${name}", { group: "platform", username: "${username}" }, { provider: ${provider} });`;

describePulumi("two providers of one program on Pulumi", (engine) => {
  test("do not both declare an account, and none deletes what the other makes", async () => {
    const stack = await platform.stack(
      engine,
      PROVIDERS + bot("first", "twin", "one") + bot("second", "Twin", "two"),
    );
    const twins = await stack.preview();
    expect(twins.exitCode).not.toBe(0);
    expect(twins.stdout + twins.stderr).toMatch(/account "twin" is declared at two addresses/i);
    expect(await platform.gitlab.accounts(platform.ids.platform)).toEqual([]);

    stack.declare(PROVIDERS + bot("first", "twin", "one"));
    succeeded(await stack.up());
    stack.declare(PROVIDERS + bot("second", "twin", "two"));
    const moved = await stack.preview();
    const [account] = await platform.gitlab.accounts(platform.ids.platform);
    await stack.up();
    expect(moved.stdout + moved.stderr).toMatch(/twin/);
    expect(await platform.gitlab.accounts(platform.ids.platform)).toMatchObject([
      { id: account?.id, username: "twin" },
    ]);
  });
});
