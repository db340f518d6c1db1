import { delimiter, join } from "node:path";
import { succeeded } from "../../support/engine";
import { describePulumi } from "../../support/pulumi";
import { usePulumiPlatform } from "../../support/pulumi-platform";

const platform = usePulumiPlatform();
const BOT = 'account("bot", { group: "platform", username: "bot" });';
/** GitHub cannot be reached, programs and providers can. */
const OFFLINE = { HTTPS_PROXY: "http://127.0.0.1:1", NO_PROXY: "127.0.0.1", no_proxy: "127.0.0.1" };

describePulumi("what docs/pulumi.md says of the first steps", (engine) => {
  test("without a plugins entry the engine looks for a release, and finds the provider on PATH", async () => {
    const stack = await platform.stack(engine, BOT);
    stack.write({ "Pulumi.yaml": "name: test\nruntime: nodejs\nmain: index.js\n" });
    const missing = await stack.run(["preview"], OFFLINE);
    expect(missing.exitCode).not.toBe(0);
    expect(missing.stdout + missing.stderr).toContain(
      "could not find latest version for provider glsa",
    );
    const path = [join(stack.folder, "plugin"), engine.path].join(delimiter);
    succeeded(await stack.run(["preview"], { PATH: path }));
  });

  test("refresh and destroy use the recorded token, unless they run the program", async () => {
    const { gitlab } = platform;
    const { id: userId } = await gitlab.call<{ id: number }>("GET", "/user");
    const tokens = `/users/${userId}/personal_access_tokens`;
    const make = () =>
      gitlab.call<{ id: number; token: string }>("POST", tokens, { name: "run", scopes: ["api"] });
    const [old, next] = [await make(), await make()];
    const stack = await platform.stack(engine, BOT, { token: "" });
    const use = (token: string) => stack.run(["config", "set", "--secret", "glsa:token", token]);
    succeeded(await use(old.token));
    succeeded(await stack.up());
    await gitlab.call("DELETE", `/personal_access_tokens/${old.id}`);
    succeeded(await use(next.token));
    const refused = await stack.refresh();
    expect(refused.exitCode).not.toBe(0);
    expect(refused.stdout + refused.stderr).toContain("[unusable-server]");
    succeeded(await stack.run(["refresh", "--run-program", "--yes", "--skip-preview"]));
    succeeded(await stack.destroy(["--run-program"]));
    expect(await gitlab.accounts(platform.ids.platform)).toEqual([]);
  });
});
