import { describeEnginesInTurn, NO_CHANGES, succeeded } from "../support/engine";
import { inDays } from "../support/gitlab";
import { stack } from "../support/glsa";
import { usePlatform } from "../support/platform";
import { bot, EVERY_MONTH, flat, onPlatform, rotating, token } from "../support/rotating-token";

const platform = usePlatform();
const { advance, delivered, works } = onPlatform(platform);

describeEnginesInTurn("a rotating token", (engine) => {
  test("is not replaced unasked after an import, but just before its own expiry", async () => {
    const path = `/groups/${platform.ids.platform}/service_accounts`;
    const account = await platform.gitlab.call<{ id: number }>("POST", path, { username: "bot" });
    const made = await platform.gitlab.call<{ id: number }>(
      "POST",
      `${path}/${account.id}/personal_access_tokens`,
      { name: "ci", scopes: ["read_api", "read_user"], expires_at: inDays(90) },
    );
    const accountId = `group:${platform.ids.platform}:${account.id}`;
    const work = stack(engine, platform.gitlab, EVERY_MONTH);
    succeeded(await work.import("glsa_service_account.bot", accountId));
    succeeded(await work.import("glsa_access_token.ci", `${accountId}:${made.id}`));
    await advance("P60D");
    await platform.gitlab.forgetRequests();
    succeeded(await work.apply());
    expect(await platform.gitlab.writes()).toEqual([]);
    expect(await token(work)).toMatchObject({ token_id: made.id, rotates_at: inDays(80) });
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
    await advance("P20D");
    succeeded(await work.apply());
    expect(await works(await delivered())).toBe(true);
    expect(await token(work)).toMatchObject({ previous: [{ token_id: made.id }] });
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });

  test("imported over a value that somebody else put there does not overwrite it unasked", async () => {
    const path = `/groups/${platform.ids.platform}/service_accounts`;
    const account = await platform.gitlab.call<{ id: number }>("POST", path, { username: "bot" });
    const made = await platform.gitlab.call<{ id: number }>(
      "POST",
      `${path}/${account.id}/personal_access_tokens`,
      { name: "ci", scopes: ["read_api", "read_user"], expires_at: inDays(90) },
    );
    await platform.gitlab.call("POST", `/projects/${platform.ids.charts}/variables`, {
      key: "BOT_TOKEN",
      value: "theirs",
    });
    const accountId = `group:${platform.ids.platform}:${account.id}`;
    const work = stack(engine, platform.gitlab, EVERY_MONTH);
    succeeded(await work.import("glsa_service_account.bot", accountId));
    succeeded(await work.import("glsa_access_token.ci", `${accountId}:${made.id}`));
    succeeded(await work.apply());
    await advance("P80D");
    const refused = await work.apply();
    expect(refused.exitCode).toBe(1);
    expect(flat(refused.stderr)).toContain("set overwrite = true to take it over");
    expect(await delivered()).toBe("theirs");
  });

  test("of the same name is refused twice in one stack, and lives beside another stack's", async () => {
    const twin = `resource "glsa_access_token" "twin" {
      service_account_id = glsa_service_account.bot.id
      name   = "ci"
      scopes = ["read_user"]
      rotation {
        every = "30d"
      }
      deliver_to {
        ci_variable {
          project = "platform/charts"
          key     = "OTHER"
        }
      }
    }`;
    const work = stack(engine, platform.gitlab, EVERY_MONTH);
    succeeded(await work.apply());
    work.write({ "main.tf": EVERY_MONTH + twin });
    const refused = await work.plan();
    expect(refused.exitCode).toBe(1);
    expect(flat(refused.stderr)).toContain('Two tokens "ci" of');
    const other = stack(
      engine,
      platform.gitlab,
      `data "glsa_service_account" "bot" {\n group = "platform"\n username = "bot"\n}\n` +
        twin.replace("glsa_service_account.bot", "data.glsa_service_account.bot"),
    );
    const provider =
      'terraform {\n required_providers {\n glsa = { source = "glsa.internal/glsa/glsa" }\n }\n}\n';
    other.write({ "provider.tf": `${provider}provider "glsa" {\n stack = "other"\n}\n` });
    succeeded(await other.apply());
    work.write({ "main.tf": EVERY_MONTH });
    for (let nights = 0; nights < 3; nights++) {
      await advance("P31D");
      succeeded(await work.apply());
      succeeded(await other.apply());
      expect(await works(await delivered())).toBe(true);
      expect(
        await works((await platform.gitlab.variable(platform.ids.charts, "OTHER")) ?? ""),
      ).toBe(true);
    }
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
    expect((await other.plan()).exitCode).toBe(NO_CHANGES);
  });

  test("that is glsa's own is not revoked by the run that lives by it, but by the next", async () => {
    const own = bot(
      'scopes = ["api"]\n  rotation {\nevery = "30d"\noverlap = "1d"\nquiet_for = "0d"\n}',
    );
    const work = stack(engine, platform.gitlab, own);
    succeeded(await work.apply());
    const [account] = await platform.gitlab.accounts(platform.ids.platform);
    const settings = { allow_top_level_group_owners_to_create_service_accounts: true };
    await platform.gitlab.call("PUT", "/application/settings", settings);
    const membership = { user_id: account?.id, access_level: 50 };
    await platform.gitlab.call("POST", `/groups/${platform.ids.platform}/members`, membership);
    const first = await delivered();
    await advance("P30D");
    succeeded(await work.apply({ env: { GITLAB_TOKEN: first } }));
    await advance("P2D");
    const held = await work.plan({ env: { GITLAB_TOKEN: first } });
    expect(held.exitCode).toBe(NO_CHANGES);
    succeeded(await work.apply({ env: { GITLAB_TOKEN: first } }));
    expect(await works(first)).toBe(true);
    const second = await delivered();
    succeeded(await work.apply({ env: { GITLAB_TOKEN: second } }));
    expect([await works(first), await works(second)]).toEqual([false, true]);
  });

  test("that an instance allows a shorter life is clipped for an administrator, and explained to an Owner", async () => {
    const owner = await platform.gitlab.groupOwner(platform.ids.platform);
    const settings = { max_personal_access_token_lifetime: 60 };
    await platform.gitlab.call("PUT", "/application/settings", settings);
    const long = rotating('every = "52d"');
    const refused = await stack(engine, platform.gitlab, long, { token: owner }).apply();
    expect(flat(refused.stderr)).toContain("only an administrator can read its limit");
    const work = stack(
      engine,
      platform.gitlab,
      long.replace('username = "bot"', 'username = "other"'),
    );
    succeeded(await work.apply());
    expect(await token(work)).toMatchObject({ valid_until: inDays(60), rotates_at: inDays(50) });
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });

  test("becomes what a saved plan says, although an interrupted run left a token since", async () => {
    const work = stack(engine, platform.gitlab, EVERY_MONTH);
    succeeded(await work.apply());
    await advance("P30D");
    succeeded(await work.run(["plan", "-input=false", "-out=saved"]));
    const [account] = await platform.gitlab.accounts(platform.ids.platform);
    const path = `/groups/${platform.ids.platform}/service_accounts/${account?.id}/personal_access_tokens`;
    const [first] = await platform.gitlab.call<{ description: string }[]>("GET", path);
    const stray = await platform.gitlab.call<{ id: number }>("POST", path, {
      name: "ci",
      scopes: ["read_api", "read_user"],
      description: first?.description.replace(/1$/, "2"),
      valid_until: inDays(70),
    });
    succeeded(await work.run(["apply", "-input=false", "saved"]));
    const { generation, previous } = await token(work);
    expect(generation).toBe(2);
    expect(previous).toContainEqual(expect.objectContaining({ token_id: stray.id }));
    expect(await works(await delivered())).toBe(true);
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });
});
