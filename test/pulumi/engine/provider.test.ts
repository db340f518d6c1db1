import { succeeded } from "../../support/engine";
import { describePulumi } from "../../support/pulumi";
import { usePulumiPlatform } from "../../support/pulumi-platform";

const platform = usePulumiPlatform();

const explicit = (settings: string) => `
const glsa = new pulumi.ProviderResource("glsa", "mine", { ${settings} });
account("bot", { group: "platform", username: "bot" }, { provider: glsa });`;

describePulumi("glsa's settings on Pulumi", (engine) => {
  test("may be given to a provider of the program's own, and changing them replaces nothing", async () => {
    const url = JSON.stringify(platform.gitlab.url);
    const stack = await platform.stack(
      engine,
      explicit(`baseUrl: ${url}, stack: "test", maxConcurrency: 2, headers: { "X-From": "test" }`),
    );
    succeeded(await stack.up());
    expect(await stack.changes()).toEqual({});
    stack.declare(explicit(`baseUrl: ${url} + "/api/v4", stack: "test", maxConcurrency: "3"`));
    expect(await stack.changes()).toEqual({ mine: "update" });
    succeeded(await stack.up());
    expect(await platform.gitlab.accounts(platform.ids.platform)).toHaveLength(1);
  });

  test("that are known only after the update leave a preview open, and then count", async () => {
    const late = `const other = account("first", { group: "platform", username: "first" });
      const url = other.id.apply(() => ${JSON.stringify(platform.gitlab.url)});`;
    const stack = await platform.stack(engine, late + explicit('baseUrl: url, stack: "test"'));
    expect(await stack.changes()).toMatchObject({ mine: "create", bot: "create" });
    succeeded(await stack.up());
    expect(await platform.gitlab.accounts(platform.ids.platform)).toHaveLength(2);
    expect(await stack.changes()).toEqual({});
  });

  test("that are sensitive are encrypted in the state, even where the program forgot to say so", async () => {
    const { url, token } = platform.gitlab;
    const settings = { baseUrl: url, token, stack: "test", headers: { "X-Gate": "open-sesame" } };
    const stack = await platform.stack(engine, explicit(JSON.stringify(settings).slice(1, -1)), {
      token: "",
    });
    succeeded(await stack.up());
    expect(stack.stateFile()).toContain(url);
    expect(stack.stateFile()).not.toContain(token);
    expect(stack.stateFile()).not.toContain("open-sesame");
    expect(await stack.changes()).toEqual({});
  });

  test("that are wrong are refused by name", async () => {
    const stack = await platform.stack(engine, explicit('maxConcurrency: 0, stack: "test"'));
    const refused = await stack.preview();
    expect(refused.exitCode).not.toBe(0);
    expect(refused.stdout + refused.stderr).toMatch(/maxConcurrency .*whole number above 0/);
  });

  test("spelt as on Terraform are refused, lest the token goes to the wrong server", async () => {
    const stack = await platform.stack(
      engine,
      'account("bot", { group: "platform", username: "bot" });',
      {
        config: { "glsa:base_url": platform.gitlab.url },
      },
    );
    const refused = await stack.preview();
    expect(refused.exitCode).not.toBe(0);
    expect(refused.stdout + refused.stderr).toContain("Write baseUrl instead.");
  });

  test("without a token are refused with a sentence that says where to put one", async () => {
    const stack = await platform.stack(
      engine,
      'account("bot", { group: "platform", username: "bot" });',
      {
        token: "",
      },
    );
    const refused = await stack.preview();
    expect(refused.exitCode).not.toBe(0);
    expect(refused.stdout + refused.stderr).toContain("Set GITLAB_TOKEN in the environment");
  });
});
