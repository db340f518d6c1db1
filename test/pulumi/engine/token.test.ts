import { readPlan } from "../../../src/review";
import { succeeded } from "../../support/engine";
import { inDays } from "../../support/gitlab";
import { describePulumi } from "../../support/pulumi";
import { usePulumiPlatform } from "../../support/pulumi-platform";

const platform = usePulumiPlatform();

const DELIVERED = 'deliverTo: [{ ciVariable: { project: "platform/charts", key: "BOT_TOKEN" } }]';
const bot = (inputs: string) => `
const bot = account("bot", { group: "platform", username: "bot" });
token("ci", { serviceAccountId: bot.id, ${inputs} });`;
const standard = bot(
  `name: "ci", scopes: ["read_user", "read_api"], expiresAt: "${inDays(90)}", ${DELIVERED}`,
);

const delivered = async () =>
  (await platform.gitlab.variable(platform.ids.charts, "BOT_TOKEN")) ?? "";

async function botTokens() {
  const [account] = await platform.gitlab.accounts(platform.ids.platform);
  return platform.gitlab.activeTokens(account?.id ?? 0);
}

describePulumi("an access token on Pulumi", (engine) => {
  test("is made, delivered, and works from there; then there is nothing to do", async () => {
    const stack = await platform.stack(engine, standard);
    expect(await stack.changes()).toMatchObject({ bot: "create", ci: "create" });
    succeeded(await stack.up());
    expect(await platform.gitlab.whoIs(await delivered())).toBe("bot");
    expect(await stack.changes()).toEqual({});
    succeeded(await stack.run(["preview", "--refresh", "--expect-no-changes"]));
  });

  test("with other scopes is made anew in place, and the preview says why", async () => {
    // A name that reads like reasons is none.
    const odd = standard.replace(
      'name: "ci",',
      'name: "deploy; due since x", keepers: { "a; b": "1" },',
    );
    const stack = await platform.stack(engine, odd);
    succeeded(await stack.up());
    const first = await delivered();
    const changed = odd.replace('"read_user"', '"api"').replace("deploy; due since x", "deploy");
    stack.declare(changed.replace('"1"', '"2"'));
    const preview = await stack.previewJson();
    expect(preview.steps.find(({ op }) => op === "update")).toMatchObject({
      detailedDiff: { scopes: { kind: "update" }, name: { kind: "update" } },
    });
    expect(preview.diagnostics?.map(({ message }) => message).join()).toContain(
      "scopes changed (+api, -read_user); ",
    );
    const { accounts } = readPlan(JSON.stringify(preview), { today: inDays(0) });
    const changes = accounts.flatMap((account) => account.changes);
    expect(changes.find(({ kind }) => kind === "rotation")).toMatchObject({
      summary: "a new token is made for what changed",
    });
    expect(changes.flatMap(({ details }) => details).join()).not.toContain("Also:");
    succeeded(await stack.up());
    expect(await delivered()).not.toBe(first);
    expect(await platform.gitlab.whoIs(await delivered())).toBe("bot");
    expect(await stack.changes()).toEqual({});
  });

  test("that falls due shows in a preview without a refresh, with reason and dates, and overlaps", async () => {
    const rotating = standard.replace(
      /expiresAt: "[^"]*"/,
      'rotation: { every: "30d", overlap: "3d" }',
    );
    const stack = await platform.stack(engine, rotating);
    succeeded(await stack.up());
    const first = await delivered();
    expect(await stack.changes()).toEqual({});
    await platform.gitlab.control("POST", "clock", { advance: "P31D" });
    const preview = await stack.previewJson();
    expect(preview.steps.filter(({ op }) => op !== "same")).toMatchObject([{ op: "update" }]);
    const told = preview.diagnostics?.map(({ message }) => message).join();
    expect(told).toMatch(/rotationReason becomes "[^"]+"/);
    expect(told).toMatch(/rotatesAt becomes "\d{4}-\d\d-\d\d"/);
    expect(told).toMatch(/validUntil becomes "\d{4}-\d\d-\d\d"/);
    succeeded(await stack.up());
    expect(await platform.gitlab.whoIs(await delivered())).toBe("bot");
    expect(await platform.gitlab.whoIs(first)).toBe("bot");
    expect(await stack.changes()).toEqual({});
    await platform.gitlab.control("POST", "clock", { advance: "P4D" });
    expect(await stack.changes()).toEqual({ ci: "update" });
    succeeded(await stack.up());
    expect(await platform.gitlab.whoIs(first)).toBeUndefined();
    expect(await stack.changes()).toEqual({});
  });

  test("whose delivered value somebody overwrote is made anew without a refresh", async () => {
    const stack = await platform.stack(engine, standard);
    succeeded(await stack.up());
    await platform.gitlab.call("PUT", `/projects/${platform.ids.charts}/variables/BOT_TOKEN`, {
      value: "somebody-typed-this",
    });
    expect(await stack.changes()).toEqual({ ci: "update" });
    succeeded(await stack.up());
    expect(await platform.gitlab.whoIs(await delivered())).toBe("bot");
  });

  test("of another account is replaced, and the new value stays where the old one was", async () => {
    const other = 'const other = account("other", { group: "platform", username: "other" });';
    const taking = standard.replace('"BOT_TOKEN"', '"BOT_TOKEN", overwrite: true');
    const stack = await platform.stack(engine, `${other}${taking}`);
    succeeded(await stack.up());
    const first = await delivered();
    stack.declare(`${other}${taking.replace("bot.id", "other.id")}`);
    expect(await stack.changes()).toEqual({ ci: "replace" });
    succeeded(await stack.up());
    expect(await platform.gitlab.whoIs(await delivered())).toBe("other");
    expect(await platform.gitlab.whoIs(first)).toBeUndefined();
    expect(await stack.changes()).toEqual({});
  });

  test("of an account that is replaced is replaced with it", async () => {
    await platform.gitlab.group("other");
    const stack = await platform.stack(engine, standard);
    succeeded(await stack.up());
    stack.declare(standard.replace('group: "platform"', 'group: "other"'));
    // Whose the token will be is not known before the update, and what is not known plans no replacement.
    expect(await stack.changes()).toEqual({ bot: "replace", ci: "update" });
    succeeded(await stack.up());
    expect(await platform.gitlab.whoIs(await delivered())).toBe("bot");
    expect(await stack.changes()).toEqual({});
  });

  test("ends with its stack, and its delivered value too", async () => {
    const token = await platform.gitlab.groupOwner(platform.ids.platform);
    const stack = await platform.stack(engine, standard, { token });
    succeeded(await stack.up());
    const value = await delivered();
    succeeded(await stack.destroy());
    expect(await platform.gitlab.whoIs(value)).toBeUndefined();
    expect(await delivered()).toBe("");
  });

  test("that cannot be delivered is refused with the place, and leaves nothing behind", async () => {
    const stack = await platform.stack(
      engine,
      standard.replace("platform/charts", "platform/none"),
    );
    const refused = await stack.up();
    expect(refused.exitCode).not.toBe(0);
    expect(refused.stdout).toContain("platform/none");
    expect(await botTokens()).toEqual([]);
    expect((await stack.state()).deployment.pending_operations ?? []).toEqual([]);
  });

  test("without a stack's name is refused in a preview", async () => {
    const stack = await platform.stack(engine, standard, { config: { "glsa:stack": "" } });
    const refused = await stack.preview();
    expect(refused.exitCode).not.toBe(0);
    expect(refused.stdout + refused.stderr).toContain("stack is empty");
  });
});
