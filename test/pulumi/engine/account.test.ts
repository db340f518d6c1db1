import { setTimeout as sleep } from "node:timers/promises";
import { describePulumi } from "../../support/pulumi";
import { usePulumiPlatform } from "../../support/pulumi-platform";
import { succeeded } from "../../support/engine";

const platform = usePulumiPlatform();

const bot = (inputs: string) => `account("bot", { ${inputs} });`;
const STANDARD = bot('group: "platform", username: "bot"');

async function present() {
  const [account] = await platform.gitlab.accounts(platform.ids.platform);
  return account;
}

describePulumi("a service account on Pulumi", (engine) => {
  test("is shown, made, and then there is nothing to do", async () => {
    const stack = await platform.stack(engine, STANDARD);
    expect(await stack.changes()).toMatchObject({ bot: "create" });
    expect(await platform.gitlab.accounts(platform.ids.platform)).toEqual([]);
    succeeded(await stack.up());
    expect(await present()).toMatchObject({ username: "bot", name: "bot" });
    await platform.gitlab.forgetRequests();
    expect(await stack.changes()).toEqual({});
    expect(await platform.gitlab.writes()).toEqual([]);
  });

  test("is renamed in place: it stays the same user", async () => {
    const stack = await platform.stack(engine, STANDARD);
    succeeded(await stack.up());
    const before = await present();
    stack.declare(bot('group: "platform", username: "deployer", name: "The deployer"'));
    expect(await stack.changes()).toEqual({ bot: "update" });
    succeeded(await stack.up());
    expect(await present()).toMatchObject({
      id: before?.id,
      username: "deployer",
      name: "The deployer",
    });
    expect(await stack.changes()).toEqual({});
  });

  test("is suspended and resumed in place", async () => {
    const stack = await platform.stack(engine, STANDARD);
    succeeded(await stack.up());
    const id = (await present())?.id;
    for (const [suspended, state] of [
      [true, "blocked"],
      [false, "active"],
    ] as const) {
      stack.declare(bot(`group: "platform", username: "bot", suspended: ${suspended}`));
      expect(await stack.changes()).toEqual({ bot: "update" });
      succeeded(await stack.up());
      expect(await platform.gitlab.call("GET", `/users/${id}`)).toMatchObject({ state });
      expect(await stack.changes()).toEqual({});
    }
  });

  test("that somebody else renamed shows in a preview without a refresh, and is put right", async () => {
    const stack = await platform.stack(
      engine,
      bot('group: "platform", username: "bot", name: "B"'),
    );
    succeeded(await stack.up());
    const account = await present();
    const path = `/groups/${platform.ids.platform}/service_accounts/${account?.id}`;
    await platform.gitlab.call("PATCH", path, { name: "Renamed" });
    const preview = await stack.previewJson();
    expect(preview.steps.find(({ op }) => op === "update")).toMatchObject({
      diffReasons: ["name"],
      // The state says "B" already, so that a detailed difference would read "B" => "B".
      detailedDiff: null,
    });
    expect(preview.diagnostics?.map(({ message }) => message.split("\n")[0])).toContain(
      'Found changed: name is "Renamed" and not "B".',
    );
    succeeded(await stack.up());
    expect((await present())?.name).toBe("B");
  });

  test("that somebody else renamed is recorded so by a refresh, and put right", async () => {
    const stack = await platform.stack(
      engine,
      bot('group: "platform", username: "bot", name: "B"'),
    );
    succeeded(await stack.up());
    const path = `/groups/${platform.ids.platform}/service_accounts/${(await present())?.id}`;
    await platform.gitlab.call("PATCH", path, { name: "Renamed" });
    succeeded(await stack.refresh());
    expect((await stack.resource("bot"))?.outputs).toMatchObject({ name: "Renamed" });
    const preview = succeeded(await stack.preview());
    expect(preview.stdout).toContain('name: "Renamed" => "B"');
    succeeded(await stack.up());
    expect(await stack.changes()).toEqual({});
  });

  test("that is gone is made again, and what hangs on it too", async () => {
    const stack = await platform.stack(
      engine,
      `const bot = ${STANDARD}
       membership("charts", { serviceAccountId: bot.id, project: "platform/charts", role: "developer" });`,
    );
    succeeded(await stack.up());
    const before = await present();
    await platform.gitlab.call(
      "DELETE",
      `/groups/${platform.ids.platform}/service_accounts/${before?.id}`,
    );
    await platform.gitlab.control("POST", "purge");
    expect(await stack.changes()).toMatchObject({ bot: "replace", charts: "replace" });
    succeeded(await stack.up());
    expect((await present())?.id).not.toBe(before?.id);
    const member = await platform.gitlab.member("projects", platform.ids.charts, "bot");
    expect(member?.id).toBe((await present())?.id);
    expect(await stack.changes()).toEqual({});
  });

  test("of another group is a new one: the old is deleted first, since it holds the username", async () => {
    const other = await platform.gitlab.group("other");
    const stack = await platform.stack(engine, STANDARD);
    succeeded(await stack.up());
    stack.declare(bot('group: "other", username: "bot"'));
    const { steps } = await stack.previewJson();
    expect(steps.find(({ op }) => op === "replace")).toMatchObject({
      replaceReasons: ["group"],
      detailedDiff: { group: { kind: "update-replace" } },
    });
    await platform.gitlab.forgetRequests();
    succeeded(await stack.up());
    const writes = await platform.gitlab.writes();
    expect(writes.map((write) => write.split(" ")[0])).toEqual(["DELETE", "POST"]);
    expect(await platform.gitlab.accounts(other)).toMatchObject([{ username: "bot" }]);
    expect(await platform.gitlab.accounts(platform.ids.platform)).toEqual([]);
  });

  test("under another name in the program stays the same user", async () => {
    const stack = await platform.stack(engine, STANDARD);
    succeeded(await stack.up());
    const before = await present();
    stack.declare('account("renamed", { group: "platform", username: "bot" });');
    const applied = succeeded(await stack.up());
    expect(await present()).toEqual(before);
    expect(applied.stdout).toContain("is kept");
    expect(await stack.changes()).toEqual({});
  });

  test("that is protected from deletion stays, with a sentence that says why", async () => {
    const kept = bot('group: "platform", username: "bot", deletionProtection: true');
    const stack = await platform.stack(engine, kept);
    succeeded(await stack.up());
    const destroyed = await stack.destroy();
    expect(destroyed.exitCode).not.toBe(0);
    expect(destroyed.stdout + destroyed.stderr).toContain("deletionProtection = true");
    expect(await present()).toBeDefined();
  });

  test("goes when it is no longer declared", async () => {
    const stack = await platform.stack(engine, STANDARD);
    succeeded(await stack.up());
    stack.declare("");
    expect(await stack.changes()).toEqual({ bot: "delete" });
    succeeded(await stack.up());
    expect(await platform.gitlab.accounts(platform.ids.platform)).toEqual([]);
  });

  test("is made by a group's Owner as well as by an administrator", async () => {
    const token = await platform.gitlab.groupOwner(platform.ids.platform);
    const stack = await platform.stack(engine, STANDARD, { token });
    succeeded(await stack.up());
    expect(await present()).toBeDefined();
    expect(await stack.changes()).toEqual({});
    succeeded(await stack.destroy());
    expect(await present()).toBeUndefined();
  });

  test("whose engine was killed after it was made is found again, and stays the only one", async () => {
    const stack = await platform.stack(engine, STANDARD);
    await platform.gitlab.control("POST", "latency", { ms: 300 });
    const run = stack.start(["up", "--yes", "--skip-preview"]);
    while ((await present()) === undefined) await sleep(20);
    run.kill();
    await run.finished;
    await platform.gitlab.control("POST", "latency", { ms: 0 });
    const made = await present();
    succeeded(await stack.run(["cancel", "--yes"]));
    succeeded(await stack.up());
    expect(await platform.gitlab.accounts(platform.ids.platform)).toEqual([made]);
    expect(await stack.changes()).toEqual({});
  });

  test("is looked up by its username", async () => {
    const stack = await platform.stack(engine, STANDARD);
    succeeded(await stack.up());
    const account = await present();
    stack.declare(`${STANDARD}
      const found = pulumi.runtime.invoke("glsa:index:getServiceAccount", { group: "platform", username: "bot" });
      exports.found = found.then(({ id, userId }) => ({ id, userId }));`);
    succeeded(await stack.up());
    const output = succeeded(await stack.run(["stack", "output", "--json"]));
    expect(JSON.parse(output.stdout)).toEqual({
      found: { id: `group:${platform.ids.platform}:${account?.id}`, userId: account?.id },
    });
  });
});
