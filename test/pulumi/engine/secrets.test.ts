import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { succeeded } from "../../support/engine";
import { inDays } from "../../support/gitlab";
import { describePulumi, type PulumiStack } from "../../support/pulumi";
import { usePulumiPlatform } from "../../support/pulumi-platform";

const platform = usePulumiPlatform();

const declared = (scope: string, extra = "") => `
const bot = account("bot", { group: "platform", username: "bot" });
const ci = token("ci", { serviceAccountId: bot.id, name: "ci", scopes: ["${scope}"], expiresAt: "${inDays(90)}",
  deliverTo: [{ ciVariable: { project: "platform/charts", key: "BOT_TOKEN" } }], ${extra} });
exports.value = ci.value;`;

const delivered = async () =>
  (await platform.gitlab.variable(platform.ids.charts, "BOT_TOKEN")) ?? "";

/** Every file that a run leaves in its folder: state, history, backups. */
function everything(folder: string): string {
  return readdirSync(folder)
    .filter((name) => !["node_modules", "plugin", "index.js"].includes(name))
    .map((name) => join(folder, name))
    .map((path) => (statSync(path).isDirectory() ? everything(path) : readFileSync(path, "utf8")))
    .join("\n");
}

async function told(stack: PulumiStack): Promise<string> {
  const loud = ["-v=9", "--logtostderr", "--logflow"];
  const preview = await stack.preview(loud);
  const json = JSON.stringify(await stack.previewJson());
  const applied = succeeded(await stack.up(loud));
  return [preview.stdout, preview.stderr, json, applied.stdout, applied.stderr].join("\n");
}

describePulumi("a token's value on Pulumi", (engine) => {
  test("is in neither state, preview, output nor the loudest log, through creation and renewal", async () => {
    const stack = await platform.stack(engine, declared("api"));
    let seen = await told(stack);
    const first = await delivered();
    stack.declare(declared("read_api"));
    seen += await told(stack);
    const second = await delivered();
    seen += everything(stack.folder);
    expect(first).not.toBe(second);
    for (const value of [first, second, platform.gitlab.token]) {
      expect(value.length).toBeGreaterThan(20);
      expect(seen.includes(value)).toBe(false);
      expect(seen.includes(Buffer.from(value).toString("base64"))).toBe(false);
    }
    // The search itself works: the fingerprint is where the value would be.
    expect(seen).toContain("sha256:");
  });

  test("stands in the state, encrypted, only where storeValue asks for it", async () => {
    const stack = await platform.stack(engine, declared("api", "storeValue: true"));
    const applied = succeeded(await stack.up());
    const value = await delivered();
    expect(applied.stdout).toContain("value: [secret]");
    expect(everything(stack.folder)).not.toContain(value);
    expect((await stack.resource("ci"))?.outputs).toMatchObject({
      value: { ciphertext: expect.any(String) as string },
    });
    const output = succeeded(await stack.run(["stack", "output", "value", "--show-secrets"]));
    expect(output.stdout.trim()).toBe(value);
    expect(await stack.changes()).toEqual({});
    expect(JSON.stringify(await stack.previewJson())).not.toContain(value);
    stack.declare(declared("api"));
    succeeded(await stack.up());
    expect((await stack.resource("ci"))?.outputs).not.toHaveProperty("value");
    expect(await platform.gitlab.whoIs(value)).toBe("bot");
  });

  test("that the provider works with may come from the stack's configuration, as a secret", async () => {
    const stack = await platform.stack(engine, declared("api"), { token: "" });
    succeeded(await stack.run(["config", "set", "--secret", "glsa:token", platform.gitlab.token]));
    succeeded(await stack.up());
    expect(await stack.changes()).toEqual({});
    expect(everything(stack.folder)).not.toContain(platform.gitlab.token);
  });

  test("a property that the program makes secret stays so in the state", async () => {
    const secret = 'pulumi.secret("hush-hush")';
    const stack = await platform.stack(
      engine,
      `account("bot", { group: "platform", username: "bot", name: ${secret} });`,
    );
    const applied = succeeded(await stack.up());
    succeeded(await stack.refresh());
    const [account] = await platform.gitlab.accounts(platform.ids.platform);
    expect(account?.name).toBe("hush-hush");
    expect(everything(stack.folder)).not.toContain("hush-hush");
    expect(applied.stdout).not.toContain("hush-hush");
    expect(await stack.changes()).toEqual({});
  });
});
