import { succeeded } from "../../support/engine";
import { inDays } from "../../support/gitlab";
import { describePulumi } from "../../support/pulumi";
import { usePulumiPlatform } from "../../support/pulumi-platform";

const platform = usePulumiPlatform();

/** An account with a membership and a token that nobody declared yet. */
async function existing() {
  const { gitlab, ids } = platform;
  const path = `/groups/${ids.platform}/service_accounts`;
  const account = await gitlab.call<{ id: number }>("POST", path, { username: "bot", name: "Bot" });
  await gitlab.call("POST", `/projects/${ids.charts}/members`, {
    user_id: account.id,
    access_level: 30,
  });
  const token = await gitlab.call<{ id: number }>(
    "POST",
    `${path}/${account.id}/personal_access_tokens`,
    { name: "ci", scopes: ["read_api"], expires_at: inDays(90) },
  );
  const accountId = `group:${ids.platform}:${account.id}`;
  return {
    accountId,
    membershipId: `project:${ids.charts}:${account.id}`,
    tokenId: `${accountId}:${token.id}`,
  };
}

describePulumi("an import into Pulumi", (engine) => {
  test("with settings that no server knows changes the state alone, and leaves an empty preview", async () => {
    const { accountId, membershipId, tokenId } = await existing();
    const stack = await platform.stack(
      engine,
      `const bot = account("bot",
         { group: "platform", username: "bot", name: "Bot", deletionProtection: true, onDestroy: "retain" },
         { import: "${accountId}" });
       membership("edge",
         { serviceAccountId: bot.id, project: "platform/charts", role: "developer" },
         { import: "${membershipId}" });
       token("ci",
         { serviceAccountId: bot.id, name: "ci", scopes: ["read_api"], expiresAt: "${inDays(90)}",
           deliverTo: [{ ciVariable: { project: "platform/charts", key: "BOT_TOKEN" } }] },
         { import: "${tokenId}" });`,
    );
    await platform.gitlab.forgetRequests();
    const { changeSummary } = await stack.previewJson();
    expect(changeSummary).toMatchObject({ import: 3 });
    succeeded(await stack.up());
    expect(await platform.gitlab.writes()).toEqual([]);
    expect(await stack.changes()).toEqual({});
    expect((await stack.resource("bot"))?.outputs).toMatchObject({ deletionProtection: true });
  });

  test("takes objects from the resources that held them, once those are told to retain them", async () => {
    const { accountId, membershipId, tokenId } = await existing();
    const declare = (name: string, options: (id: string) => string) =>
      `const bot = account("${name}", { group: "platform", username: "bot", name: "Bot" }, ${options(accountId)});
       membership("${name}-edge", { serviceAccountId: bot.id, project: "platform/charts", role: "developer" }, ${options(membershipId)});
       token("${name}-ci",
         { serviceAccountId: bot.id, name: "ci", scopes: ["read_api"], expiresAt: "${inDays(90)}",
           deliverTo: [{ ciVariable: { project: "platform/charts", key: "BOT_TOKEN" } }] },
         ${options(tokenId)});`;
    const imported = (id: string) => `{ import: "${id}" }`;
    const stack = await platform.stack(engine, declare("old", imported));
    succeeded(await stack.up());
    await platform.gitlab.forgetRequests();
    stack.declare(declare("old", () => "{ retainOnDelete: true }"));
    succeeded(await stack.up());
    stack.declare(declare("new", imported));
    succeeded(await stack.up());
    expect(await platform.gitlab.writes()).toEqual([]);
    expect(await stack.changes()).toEqual({});
    expect(await stack.resource("old")).toBeUndefined();
  });

  test("keeps the protection that only the program knows", async () => {
    const { accountId } = await existing();
    const inputs = '{ group: "platform", username: "bot", name: "Bot", deletionProtection: true }';
    const stack = await platform.stack(
      engine,
      `account("bot", ${inputs}, { import: "${accountId}" });`,
    );
    succeeded(await stack.up());
    expect((await stack.destroy()).exitCode).not.toBe(0);
    expect(await platform.gitlab.accounts(platform.ids.platform)).toHaveLength(1);
  });

  test("that does not match what is there shows the difference", async () => {
    const { accountId } = await existing();
    const stack = await platform.stack(
      engine,
      `account("bot", { group: "platform", username: "bot", name: "Other" }, { import: "${accountId}" });`,
    );
    expect(await stack.changes()).toMatchObject({ bot: "update" });
    const preview = await stack.preview();
    expect(preview.stdout + preview.stderr).toContain('name: "Bot" => "Other"');
  });

  test("from the command line writes a program that changes nothing", async () => {
    const { accountId, membershipId } = await existing();
    const stack = await platform.stack(engine, "");
    const into = ["import", "--yes", "--protect=false", "--generate-code=false", "--skip-preview"];
    succeeded(await stack.run([...into, "glsa:index:ServiceAccount", "bot", accountId]));
    succeeded(await stack.run([...into, "glsa:index:Membership", "edge", membershipId]));
    const account = await stack.resource("bot");
    const edge = await stack.resource("edge");
    expect(account?.inputs).toMatchObject({ group: "platform", username: "bot", name: "Bot" });
    expect(edge?.inputs).toMatchObject({ project: "platform/charts", role: "developer" });
    stack.declare(
      `account("bot", ${JSON.stringify(account?.inputs)});
       membership("edge", ${JSON.stringify(edge?.inputs)});`,
    );
    await platform.gitlab.forgetRequests();
    expect(await stack.changes()).toEqual({});
    succeeded(await stack.up());
    expect(await platform.gitlab.writes()).toEqual([]);
  });

  test("of everything that a list finds takes one file, and writes nothing", async () => {
    const { accountId, membershipId, tokenId } = await existing();
    await platform.gitlab.forgetRequests();
    const stack = await platform.stack(engine, "");
    const found = async (type: string) => {
      const list = ["do", "--package", "./plugin/pulumi-resource-glsa", `glsa:index:${type}`];
      const run = succeeded(await stack.run([...list, "list", "--group=platform", "--all"]));
      const results = JSON.parse(run.stdout) as readonly { id: string; name: string }[];
      return results.map(({ id, name }) => ({ type: `glsa:index:${type}`, id, name }));
    };
    const resources = [
      ...(await found("ServiceAccount")),
      ...(await found("AccessToken")),
      ...(await found("Membership")),
    ];
    expect(resources.map(({ id }) => id)).toEqual([accountId, tokenId, membershipId]);
    stack.write({ "found.json": { resources } });
    succeeded(
      await stack.run(
        ["import", "--yes", "--skip-preview", "--generate-code=false"].concat("--file=found.json"),
      ),
    );
    const writes = await platform.gitlab.writes();
    expect(writes.filter((line) => line !== "POST /api/graphql")).toEqual([]);
  });

  test("is not needed to read what others manage", async () => {
    const { accountId } = await existing();
    const stack = await platform.stack(
      engine,
      `const found = account("found", {}, { id: "${accountId}" });
       membership("edge", { serviceAccountId: found.id, group: "platform/apps", role: "guest" });`,
    );
    succeeded(await stack.up());
    expect(await platform.gitlab.member("groups", platform.ids.apps, "bot")).toBeDefined();
    expect(await stack.changes()).toEqual({ found: "read" });
    succeeded(await stack.destroy());
    expect(await platform.gitlab.accounts(platform.ids.platform)).toHaveLength(1);
  });

  test("of what is not there says so", async () => {
    const stack = await platform.stack(engine, "");
    const id = `group:${platform.ids.platform}:99`;
    const run = await stack.run(["import", "--yes", "glsa:index:ServiceAccount", "bot", id]);
    expect(run.exitCode).not.toBe(0);
    expect(run.stdout + run.stderr).toContain(`'${id}' does not exist`);
  });
});
